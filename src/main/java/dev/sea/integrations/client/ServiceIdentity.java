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
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Who the service itself is in AWS: the gateway role that customers' trust policies name, its account and partition.
 *
 * <p>The function's own role assumes the gateway role, and that one customers' roles. That is role chaining, for which
 * STS allows sessions of one hour at most.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining">Role chaining</a>
 */
@ApplicationScoped
public class ServiceIdentity {
    private static final Duration SESSION = Duration.ofHours(1);
    private static final Duration RENEWED_AHEAD = Duration.ofMinutes(5);
    private static final Duration STALE = Duration.ofMinutes(1);

    private final SeaConfig config;
    private final RegionalClients clients;
    private volatile @Nullable RoleArn gatewayRoleArn;
    private volatile @Nullable AwsCredentialsProvider functionCredentials;
    private volatile @Nullable AwsCredentialsProvider gatewaySession;

    public ServiceIdentity(SeaConfig config, RegionalClients clients) {
        this.config = config;
        this.clients = clients;
    }

    /** Where the service runs, and calls STS for customers' roles. */
    public String region() {
        return config.region();
    }

    public Partition partition() {
        return Partition.ofRegion(region());
    }

    public AccountId account() {
        return gatewayRoleArn().account();
    }

    /** The principal for customers' trust policies; where none is configured, the function's own role, asked of STS. */
    public RoleArn gatewayRoleArn() {
        RoleArn known = gatewayRoleArn;
        if (known == null) {
            known = config.gatewayRoleArn().map(RoleArn::new).orElseGet(this::ownRole);
            gatewayRoleArn = known;
        }
        return known;
    }

    /** Credentials of the gateway role, kept for their hour and renewed 5 minutes ahead without a caller waiting. */
    public AwsCredentialsProvider gatewaySession() {
        AwsCredentialsProvider known = gatewaySession;
        if (known == null) {
            synchronized (this) {
                known = gatewaySession;
                if (known == null) {
                    known = config.gatewayRoleArn()
                            .<AwsCredentialsProvider>map(this::assumed)
                            .orElseGet(this::functionCredentials);
                    gatewaySession = known;
                }
            }
        }
        return known;
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
        Arn session = Arn.fromString(sts.getCallerIdentity(
                        request -> request.overrideConfiguration(override -> override.credentialsProvider(own)))
                .arn());
        String role = session.resourceAsString().split("/", -1)[1];
        return new RoleArn(
                "arn:" + session.partition() + ":iam::" + session.accountId().orElse("") + ":role/" + role);
    }

    /** Of the function itself, for its own account. */
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
