package dev.sea.integrations.grant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.ObjectLocation;
import dev.sea.integrations.client.PresignedRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A grant as it is answered, once. Whoever holds it can do what it says, so nothing of it is logged. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Grant")
public record GrantView(
        @Schema(pattern = "^" + GrantId.SHAPE + "$", examples = "grt_01KB5Y3Q8M4T1W7ZC2V9N6D0RX")
        String id,

        Purpose purpose,

        @Schema(description = "The ID of the integration", examples = "int_01JD9Z00000000000000000000")
        String integration,

        @Schema(description = "Which of the integration's targets the object is in", examples = "1")
        long targetRevision,

        @Schema(description = "When S3 stops to accept it") Instant expiresAt,
        @Schema(description = "With the form URL") @Nullable RequestView request,

        @Schema(description = "With the form CREDENTIALS") @Nullable
        CredentialsView credentials) {

    /** The one request that the grant allows. */
    @RegisterForReflection
    @Schema(
            name = "GrantedRequest",
            description = "The one request that the grant allows. Its URL is as secret as a key.")
    public record RequestView(
            @Schema(enumeration = {"PUT", "GET"}) String method,

            @Schema(description = "To be sent as it is") String url,

            @Schema(description = "To be sent with just these values: they are signed. Host is signed, too.")
            Map<String, String> headers) {

        static RequestView of(PresignedRequest request) {
            return new RequestView(request.method().name(), request.url().toString(), new TreeMap<>(request.headers()));
        }

        /** Without the URL. */
        @Override
        public String toString() {
            return "RequestView[" + method + "]";
        }
    }

    /** A session for the one object. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "GrantedCredentials",
            description = "A session of the customer's role that may use this one object, and nothing else.")
    public record CredentialsView(
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            String region,
            String bucket,

            @Schema(description = "The whole key, with the integration's prefix")
            String key,

            @Schema(description = "To be sent with each request, if it is there") @Nullable
            String expectedBucketOwner) {

        static CredentialsView of(GrantSession session, ObjectLocation object) {
            return new CredentialsView(
                    session.accessKeyId(),
                    session.secretAccessKey(),
                    session.sessionToken(),
                    object.region().id(),
                    object.bucket().value(),
                    object.key(),
                    object.expectedOwner().map(AccountId::value).orElse(null));
        }

        /** Without the credentials. */
        @Override
        public String toString() {
            return "CredentialsView[" + bucket + "]";
        }
    }

    static GrantView of(Granting.Granted granted) {
        return switch (granted.means()) {
            case Granting.Means.Url(PresignedRequest request) -> of(granted, RequestView.of(request), null);
            case Granting.Means.Credentials(GrantSession session, Instant _) ->
                of(granted, null, CredentialsView.of(session, granted.object()));
        };
    }

    private static GrantView of(
            Granting.Granted granted, @Nullable RequestView request, @Nullable CredentialsView credentials) {
        return new GrantView(
                granted.id().value(),
                granted.purpose(),
                granted.integration().value(),
                granted.targetRevision(),
                granted.means().expiresAt(),
                request,
                credentials);
    }
}
