package dev.sea.integrations.client;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.Partition;
import dev.sea.integrations.aws.RoleArn;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Who the service itself is in AWS: the gateway role that customers' trust policies name, and its account and partition.
 *
 * <p>The function's own role assumes the gateway role, which then assumes customers' roles. That is role chaining, for which
 * STS allows sessions of at most one hour.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining">Role chaining</a>
 */
@ApplicationScoped
public class ServiceIdentity {
    private static final Duration SESSION = Duration.ofHours(1);
    private static final Duration RENEWED_AHEAD = Duration.ofMinutes(5);
    private static final Duration STALE = Duration.ofMinutes(1);

    private final AwsConfig aws;
    private final SeaConfig config;
    private final RegionalClients clients;
    private volatile @Nullable RoleArn gatewayRoleArn;
    private volatile @Nullable AwsCredentialsProvider functionCredentials;
    private volatile @Nullable AwsCredentialsProvider gatewaySession;

    public ServiceIdentity(AwsConfig aws, SeaConfig config, RegionalClients clients) {
        this.aws = aws;
        this.config = config;
        this.clients = clients;
    }

    /** The region that the service runs in, and in which it calls STS for customers' roles. */
    public String region() {
        return aws.region();
    }

    /** The partition that the service runs in. */
    public Partition partition() {
        return Partition.ofRegion(region());
    }

    /** Whether the role's name starts with the prefix that the gateway role may assume. Upper and lower case count. */
    public boolean mayAssume(RoleArn role) {
        return role.name().startsWith(aws.roleNamePrefix());
    }

    /** The account of the gateway role. */
    public AccountId account() {
        return gatewayRoleArn().account();
    }

    /**
     * The principal for customers' trust policies. If none is configured, the function's own role, which STS names.
     *
     * @throws dev.sea.integrations.problem.Unavailable if STS has to be asked and may answer later
     */
    public RoleArn gatewayRoleArn() {
        RoleArn known = gatewayRoleArn;
        if (known == null) {
            known = aws.gatewayRoleArn().map(RoleArn::new).orElseGet(this::ownRole);
            gatewayRoleArn = known;
        }
        return known;
    }

    /**
     * Credentials of the gateway role, valid for one hour. They are renewed 5 minutes before that, and no caller waits for
     * it.
     */
    public AwsCredentialsProvider gatewaySession() {
        AwsCredentialsProvider known = gatewaySession;
        if (known == null) {
            synchronized (this) {
                known = gatewaySession;
                if (known == null) {
                    known = aws.gatewayRoleArn()
                            .<AwsCredentialsProvider>map(this::assumed)
                            .orElseGet(this::functionCredentials);
                    gatewaySession = known;
                }
            }
        }
        return known;
    }

    /**
     * Credentials of the gateway role in place of ones that STS does not accept any more: the session ended early, or the role
     * was deleted and made anew. All callers whose session was refused share one new session.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if STS gives no new session
     */
    public AwsCredentials gatewayCredentialsInPlaceOf(AwsCredentials refused) {
        synchronized (this) {
            AwsCredentialsProvider provider = gatewaySession();
            AwsCredentials current = provider.resolveCredentials();
            if (provider instanceof StsAssumeRoleCredentialsProvider old
                    && current.accessKeyId().equals(refused.accessKeyId())) {
                gatewaySession = null;
                old.close();
                current = gatewaySession().resolveCredentials();
            }
            return current;
        }
    }

    private StsAssumeRoleCredentialsProvider assumed(String role) {
        AwsCredentialsProvider own = functionCredentials();
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(clients.sts(region()))
                .asyncCredentialUpdateEnabled(true)
                .prefetchTime(RENEWED_AHEAD)
                .staleTime(STALE)
                .refreshRequest(request -> request.roleArn(role)
                        .roleSessionName("sea-external-integrations")
                        .durationSeconds((int) SESSION.toSeconds())
                        .overrideConfiguration(override -> override.credentialsProvider(own)))
                .build();
    }

    private RoleArn ownRole() {
        StsClient sts = clients.sts(region());
        AwsCredentialsProvider own = functionCredentials();
        Arn session = Arn.fromString(Availability.required(() -> sts.getCallerIdentity(
                        request -> request.overrideConfiguration(override -> override.credentialsProvider(own))))
                .arn());
        String role = session.resourceAsString().split("/", -1)[1];
        return new RoleArn(
                "arn:" + session.partition() + ":iam::" + session.accountId().orElse("") + ":role/" + role);
    }

    /** The function's own credentials, for its own account. */
    AwsCredentialsProvider functionCredentials() {
        AwsCredentialsProvider known = functionCredentials;
        if (known == null) {
            known = config.localAws()
                    .accessKeyId()
                    .<AwsCredentialsProvider>map(id -> StaticCredentialsProvider.create(AwsBasicCredentials.create(
                            id, config.localAws().secretAccessKey().orElse(""))))
                    .orElseGet(() -> DefaultCredentialsProvider.builder().build());
            functionCredentials = known;
        }
        return known;
    }

    @PreDestroy
    void close() {
        if (gatewaySession instanceof StsAssumeRoleCredentialsProvider provider) {
            provider.close();
        }
    }
}
