package dev.sea.integrations.simulation.aws;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * STS in memory, as far as the service uses it: roles that trust one caller under one external ID, sessions that end, and
 * access keys. Session policies have no effect: what a role may do is up to {@link S3Model#allow} and {@link KmsModel#allow}.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
public final class StsModel implements StsClient {
    private static final int FORBIDDEN = 403;
    /** In place of the external ID of a role that demands none. */
    private static final String NO_ID = "";

    private final InstantSource time;
    private final Map<String, String> roles = new HashMap<>();
    private final Map<String, Known> keys = new HashMap<>();
    private int sessions;

    public StsModel(InstantSource time) {
        this.time = time;
    }

    /**
     * Who makes a call.
     *
     * @param arn of the user, or of the role's session
     * @param owner the user or role, to which rights are given
     */
    record Principal(String arn, String owner) {

        String account() {
            return accountOf(owner);
        }
    }

    /** @param end of a session; null for a key of a user */
    private record Known(
            Principal principal, String secret, @Nullable Instant end) {}

    static String accountOf(String arn) {
        return arn.split(":", -1)[4];
    }

    /** Makes a user's access key, or changes whose it is or which secret belongs to it. */
    public void addKey(String accessKeyId, String secret, String userArn) {
        keys.put(accessKeyId, new Known(new Principal(userArn, userArn), secret, null));
    }

    public void removeKey(String accessKeyId) {
        keys.remove(accessKeyId);
    }

    /** Lets every caller of the service's account assume a role under this external ID, and under no other. */
    public void trust(String roleArn, String externalId) {
        roles.put(roleArn, externalId);
    }

    /** Lets every caller of the service's account assume a role without an external ID, as the gateway's is. */
    public void trust(String roleArn) {
        roles.put(roleArn, NO_ID);
    }

    /** Takes the trust away. Sessions that there are go on until their end. */
    public void distrust(String roleArn) {
        roles.remove(roleArn);
    }

    /** Ends all sessions of a role, as when their time is over. */
    void expireSessions(String roleArn) {
        Instant now = time.instant();
        keys.replaceAll(
                (_, known) -> known.end() != null && known.principal().owner().equals(roleArn)
                        ? new Known(known.principal(), known.secret(), now)
                        : known);
    }

    /** The user or role to whom an access key or a session belongs; empty for one that there never was. */
    public Optional<String> owner(String accessKeyId) {
        return Optional.ofNullable(keys.get(accessKeyId))
                .map(known -> known.principal().owner());
    }

    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
        Principal caller = caller(request);
        String trusted = roles.get(request.roleArn());
        boolean isTrusted = trusted != null && (trusted.equals(NO_ID) || trusted.equals(request.externalId()));
        if (!isTrusted) {
            throw AwsErrors.with(
                            StsException.builder(),
                            FORBIDDEN,
                            "AccessDenied",
                            "User: " + caller.arn() + " is not authorized to perform: sts:AssumeRole on resource: "
                                    + request.roleArn())
                    .build();
        }
        String id = String.format(Locale.ROOT, "ASIASIMULATED%07d", ++sessions);
        String arn = request.roleArn().replace(":iam:", ":sts:").replaceFirst(":role/(?:.*/)?", ":assumed-role/") + "/"
                + request.roleSessionName();
        Instant end = time.instant().plusSeconds(request.durationSeconds() == null ? 3600 : request.durationSeconds());
        Credentials credentials = Credentials.builder()
                .accessKeyId(id)
                .secretAccessKey("secret-of-" + id)
                .sessionToken("token-of-" + id)
                .expiration(end)
                .build();
        keys.put(id, new Known(new Principal(arn, request.roleArn()), credentials.secretAccessKey(), end));
        return AwsErrors.answer(AssumeRoleResponse.builder()
                        .credentials(credentials)
                        .assumedRoleUser(AssumedRoleUser.builder()
                                .arn(arn)
                                .assumedRoleId("AROASIMULATED:" + request.roleSessionName())
                                .build()))
                .build();
    }

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest request) {
        Principal caller = caller(request);
        return AwsErrors.answer(GetCallerIdentityResponse.builder()
                        .account(caller.account())
                        .arn(caller.arn())
                        .userId("AIDASIMULATED"))
                .build();
    }

    private Principal caller(AwsRequest request) {
        return switch (identity(request)) {
            case Identity.Valid(Principal principal) -> principal;
            case Identity.Expired _ ->
                throw refused("ExpiredToken", "The security token included in the request is expired");
            case Identity.WrongSecret _ ->
                throw refused(
                        "SignatureDoesNotMatch",
                        "The request signature we calculated does not match the signature you provided. Check your AWS"
                                + " Secret Access Key and signing method. Consult the service documentation for details.");
            case Identity.Anonymous _ ->
                throw refused("MissingAuthenticationToken", "Request is missing Authentication Token");
            case Identity.Unknown _ ->
                throw refused("InvalidClientTokenId", "The security token included in the request is invalid.");
        };
    }

    private static RuntimeException refused(String code, String message) {
        return AwsErrors.with(StsException.builder(), FORBIDDEN, code, message).build();
    }

    /** What AWS makes of a request's credentials. Each service refuses them in its own words. */
    sealed interface Identity {
        record Valid(Principal principal) implements Identity {}

        record Expired() implements Identity {}

        record WrongSecret() implements Identity {}

        record Unknown() implements Identity {}

        record Anonymous() implements Identity {}
    }

    Identity identity(AwsRequest request) {
        Optional<? extends AwsCredentialsIdentity> credentials = request.overrideConfiguration()
                .flatMap(AwsRequestOverrideConfiguration::credentialsProvider)
                .map(AwsCredentialsProvider::resolveCredentials);
        if (credentials.isEmpty()) {
            return new Identity.Anonymous();
        }
        Known known = keys.get(credentials.get().accessKeyId());
        if (known == null) {
            return new Identity.Unknown();
        }
        if (!known.secret().equals(credentials.get().secretAccessKey())) {
            return new Identity.WrongSecret();
        }
        boolean expired = known.end() != null && !time.instant().isBefore(known.end());
        return expired ? new Identity.Expired() : new Identity.Valid(known.principal());
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
