package dev.sea.integrations.evidence;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.ObjectLocation;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AssumedRoles;
import dev.sea.integrations.call.AssumedRoles.Wanted;
import dev.sea.integrations.call.AssumedSession;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.call.SessionName;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.evidence.Sighting.There;
import dev.sea.integrations.externalid.ExternalIdClaimStore;
import dev.sea.integrations.externalid.ExternalIdClaimStore.Holder;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.LookPolicy;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.secret.SecretVault;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Looks into buckets by HeadObject with the checksum, in a session of its own that may do nothing else. A 403 tells nothing: S3
 * says it of an object that may not be read, and of one that does not exist where a condition on the prefix limits
 * s3:ListBucket. Then a listing of just this key tells.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject</a>
 */
@ApplicationScoped
class Sightings {
    /** The shortest session that STS gives. */
    private static final Duration SESSION = Duration.ofMinutes(15);

    /** The ETag of an object that came in parts ends with their number. */
    private static final Pattern IN_PARTS = Pattern.compile("\"?[0-9a-f]{32}-[0-9]+\"?");

    private final AssumedRoles roles;
    private final ExternalIdClaimStore claims;
    private final SecretVault vault;
    private final RegionalClients clients;

    Sightings(AssumedRoles roles, ExternalIdClaimStore claims, SecretVault vault, RegionalClients clients) {
        this.roles = roles;
        this.claims = claims;
        this.vault = vault;
        this.clients = clients;
    }

    /**
     * Looks at a place, which need not be the integration's target any more, with the access that the integration has now. No
     * failure of the customer's AWS is thrown.
     */
    Sighting of(Integration integration, ObjectLocation where) {
        return switch (credentials(integration, where)) {
            case Answer.Given<AwsCredentials>(AwsCredentials credentials, var _, var _) ->
                new Look(clients.s3(where.region()), credentials, where).sighting();
            case Answer.Refused<AwsCredentials>(AwsFailure failure, var _) -> unknown(failure);
            case Answer.Unasked<AwsCredentials> _ -> throw new IllegalStateException("nobody asked");
        };
    }

    private Answer<AwsCredentials> credentials(Integration integration, ObjectLocation where) {
        return switch (integration.access()) {
            case Access.AssumedRole(RoleArn role, ExternalId externalId) ->
                // Before any call: the role is that tenant's now.
                claims.holder(integration.tenant(), externalId) == Holder.ANOTHER
                        ? refused(AwsFailure.own(FailureCode.TRUST_POLICY_DENIED))
                        : session(integration, role, externalId, where);
            case Access.StoredKeys keys -> stored(keys);
        };
    }

    private Answer<AwsCredentials> session(
            Integration integration, RoleArn role, ExternalId externalId, ObjectLocation where) {
        Target target =
                new Target(where.region(), where.bucket(), KeyPrefix.NONE, where.expectedOwner(), where.kmsKey());
        Wanted wanted = new Wanted(
                role,
                Optional.of(externalId),
                SessionName.of(integration.tenant(), Optional.of(integration.id())),
                SESSION,
                LookPolicy.of(target, where.key()));
        return roles.assume(wanted).map(AssumedSession::credentials);
    }

    private Answer<AwsCredentials> stored(Access.StoredKeys keys) {
        try {
            PresentedAccess.Keys pair = vault.read(keys.secretName());
            return new Answer.Given<>(
                    AwsBasicCredentials.create(
                            pair.accessKeyId().value(), pair.secretAccessKey().reveal()),
                    Optional.empty(),
                    Duration.ZERO);
        } catch (SecretVault.Gone gone) {
            return refused(AwsFailure.own(FailureCode.STORED_KEY_GONE));
        } catch (SecretVault.Refused ours) {
            return refused(AwsFailure.own(FailureCode.SERVICE_FAULT));
        }
    }

    private static <T> Answer<T> refused(AwsFailure failure) {
        return new Answer.Refused<>(failure, Duration.ZERO);
    }

    private static Sighting.Unknown unknown(AwsFailure failure) {
        // A stored key that is gone does not come back by itself.
        return new Sighting.Unknown(
                failure.code(), failure.isUnlearned() && failure.code() != FailureCode.STORED_KEY_GONE);
    }

    /** The calls about one object. */
    private record Look(S3Client s3, AwsCredentials itsCredentials, ObjectLocation where) {

        Sighting sighting() {
            return switch (head()) {
                case Answer.Given<HeadObjectResponse>(HeadObjectResponse object, var _, var _) -> there(object);
                case Answer.Refused<HeadObjectResponse>(AwsFailure failure, var _) -> {
                    if (failure.isNoSuchKey()) {
                        yield new Sighting.NotThere();
                    }
                    yield failure.isDenial() ? listed(failure) : unknown(failure);
                }
                case Answer.Unasked<HeadObjectResponse> _ -> throw new IllegalStateException("S3 was asked");
            };
        }

        private Answer<HeadObjectResponse> head() {
            return Answer.to(
                    () -> s3.headObject(request -> request.bucket(where.bucket().value())
                            .key(where.key())
                            .checksumMode(ChecksumMode.ENABLED)
                            .expectedBucketOwner(owner())
                            .overrideConfiguration(credentials())),
                    Function.identity(),
                    object -> object.contentLength() != null && object.eTag() != null,
                    AwsFailure::ofObjectHead);
        }

        private static There there(HeadObjectResponse object) {
            boolean inParts = IN_PARTS.matcher(object.eTag()).matches();
            return new There(
                    object.contentLength(),
                    Optional.ofNullable(object.checksumSHA256())
                            .filter(_ -> object.checksumType() != ChecksumType.COMPOSITE)
                            .filter(ContentSha256::isSha256)
                            .map(ContentSha256::new),
                    inParts,
                    Optional.of(object.eTag()),
                    Optional.ofNullable(object.versionId()),
                    Optional.ofNullable(object.expiration()));
        }

        /** What a listing of this key alone tells of an object that SEA may not read, or that does not exist. */
        private Sighting listed(AwsFailure denied) {
            Answer<ListObjectsV2Response> answer = Answer.to(
                    () -> s3.listObjectsV2(
                            request -> request.bucket(where.bucket().value())
                                    .prefix(where.key())
                                    .maxKeys(1)
                                    .expectedBucketOwner(owner())
                                    .overrideConfiguration(credentials())),
                    listing -> where.bucket().value().equals(listing.name()));
            return switch (answer) {
                case Answer.Given<ListObjectsV2Response>(ListObjectsV2Response listing, var _, var _) ->
                    listing.contents().stream().anyMatch(object -> where.key().equals(object.key()))
                            ? unknown(denied)
                            : new Sighting.NotThere();
                case Answer.Refused<ListObjectsV2Response>(AwsFailure failure, var _) -> unknown(failure);
                case Answer.Unasked<ListObjectsV2Response> _ -> throw new IllegalStateException("S3 was asked");
            };
        }

        private @Nullable String owner() {
            return where.expectedOwner().map(AccountId::value).orElse(null);
        }

        private AwsRequestOverrideConfiguration credentials() {
            return AwsRequestOverrideConfiguration.builder()
                    .credentialsProvider(StaticCredentialsProvider.create(itsCredentials))
                    .build();
        }
    }
}
