package dev.sea.integrations.simulation.aws;

import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * A customer's bucket, key, role and user, in models or in the local AWS. The role and the user have the same rights. The
 * service calls as the gateway role.
 */
abstract class CustomerWorld {
    static final String ACCOUNT = Account.CUSTOMER.id();

    /** Who calls. */
    enum Who {
        /** The newest session of the role. */
        ROLE,
        USER,
        /** With an access key that AWS does not know. */
        STRANGER,
        /** Without credentials. */
        NOBODY
    }

    private static final AwsCredentials FUNCTION =
            AwsBasicCredentials.create("AKIALOCALGATEWAY0000", "local-gateway-secret");
    private static final AwsCredentials UNKNOWN = AwsBasicCredentials.create("AKIAUNKNOWN000000000", "secret");

    private final Customer customer;
    private final StsClient sts;
    private final S3Client s3;
    private final KmsClient kms;
    private final AwsCredentials gateway;
    private final Set<String> rights = new TreeSet<>();
    private AwsCredentials session = UNKNOWN;
    private @Nullable String token;

    private CustomerWorld(Customer customer, StsClient sts, S3Client s3, KmsClient kms) {
        this.customer = customer;
        this.sts = sts;
        this.s3 = s3;
        this.kms = kms;
        this.gateway = credentials(sts.assumeRole(request -> request.roleArn(Customer.GATEWAY_ROLE)
                .roleSessionName("gateway")
                .overrideConfiguration(as(FUNCTION))));
    }

    StsClient sts() {
        return sts;
    }

    S3Client s3() {
        return s3;
    }

    KmsClient kms() {
        return kms;
    }

    String bucket() {
        return customer.name("bucket");
    }

    String keyArn() {
        return customer.name("keyArn");
    }

    /** Where the next page of the listing starts. */
    @Nullable
    String token() {
        return token;
    }

    void token(@Nullable String next) {
        token = next;
    }

    AwsRequestOverrideConfiguration as(Who who) {
        return switch (who) {
            case ROLE -> as(session);
            case USER -> as(AwsBasicCredentials.create(customer.name("accessKeyId"), customer.name("secretAccessKey")));
            case STRANGER -> as(UNKNOWN);
            case NOBODY -> AwsRequestOverrideConfiguration.builder().build();
        };
    }

    private static AwsRequestOverrideConfiguration as(AwsCredentials credentials) {
        return AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    Object assume(boolean underItsId) {
        AssumeRoleResponse answer = sts.assumeRole(request -> request.roleArn(customer.name("roleArn"))
                .roleSessionName("session")
                .externalId(underItsId ? customer.name("externalId") : "another-id")
                .overrideConfiguration(as(gateway)));
        session = credentials(answer);
        return answer;
    }

    private static AwsCredentials credentials(AssumeRoleResponse answer) {
        Credentials given = answer.credentials();
        return AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }

    Object allow(String right) {
        rights.add(right);
        give(rights);
        return rights;
    }

    Object refuse(String right) {
        rights.remove(right);
        give(rights);
        return rights;
    }

    abstract Object trust(boolean given);

    abstract Object endSessions();

    abstract Object enableKey(boolean enabled);

    abstract void give(Set<String> all);

    /** The policy that gives these rights to the customer's bucket and key, and no others. */
    static String policy(Set<String> rights) {
        String actions = rights.stream().map(right -> '"' + right + '"').collect(Collectors.joining(", "));
        return """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": [%s], "Resource": "*"}]}""".formatted(actions.isEmpty() ? "\"iam:GetUser\"" : actions);
    }

    static CustomerWorld inLocalAws(Customer customer) {
        return new CustomerWorld(
                customer,
                local(StsClient.builder()).build(),
                local(S3Client.builder()).forcePathStyle(true).build(),
                local(KmsClient.builder()).build()) {

            @Override
            Object trust(boolean given) {
                customer.withTrust(given ? Customer.TRUST : Customer.TRUST.replace("${externalId}", "nobody's"));
                return given;
            }

            @Override
            Object endSessions() {
                LocalAws.expireSessions(customer.name("roleArn"));
                return true;
            }

            @Override
            Object enableKey(boolean enabled) {
                if (enabled) {
                    Account.CUSTOMER.kms(customer.region()).enableKey(request -> request.keyId(customer.name("keyId")));
                } else {
                    customer.withDisabledKey();
                }
                return enabled;
            }

            @Override
            void give(Set<String> all) {
                customer.withPermissions(policy(all));
                Account.CUSTOMER
                        .iam()
                        .putUserPolicy(request -> request.userName(customer.name("userName"))
                                .policyName("access")
                                .policyDocument(policy(all)));
            }
        };
    }

    private static <B extends AwsClientBuilder<B, ?>> B local(B builder) {
        return builder.region(Region.US_EAST_1)
                .endpointOverride(LocalAws.endpoint())
                .credentialsProvider(AnonymousCredentialsProvider.create());
    }

    static CustomerWorld modelled(Customer customer) {
        StsModel sts = new StsModel(InstantSource.system());
        KmsModel kms = new KmsModel(sts);
        S3Model s3 = new S3Model(InstantSource.system(), sts, kms);
        String role = customer.name("roleArn");
        String user = "arn:aws:iam::" + ACCOUNT + ":user/" + customer.name("userName");
        String bucket = customer.name("bucket");
        String key = customer.name("keyArn");
        sts.addKey(FUNCTION.accessKeyId(), FUNCTION.secretAccessKey(), "arn:aws:iam::111122223333:role/function");
        sts.addKey(customer.name("accessKeyId"), customer.name("secretAccessKey"), user);
        sts.trust(Customer.GATEWAY_ROLE);
        sts.trust(role, customer.name("externalId"));
        s3.addBucket(bucket, ACCOUNT);
        kms.addKey(key);
        return new CustomerWorld(customer, sts, s3, kms) {

            @Override
            Object trust(boolean given) {
                if (given) {
                    sts.trust(role, customer.name("externalId"));
                } else {
                    sts.distrust(role);
                }
                return given;
            }

            @Override
            Object endSessions() {
                sts.expireSessions(role);
                return true;
            }

            @Override
            Object enableKey(boolean enabled) {
                if (enabled) {
                    kms.addKey(key);
                } else {
                    kms.disableKey(key);
                }
                return enabled;
            }

            @Override
            void give(Set<String> all) {
                for (String owner : Set.of(role, user)) {
                    s3.refuse(owner, bucket, S3Model.LIST, S3Model.GET, S3Model.PUT, S3Model.TAGGING);
                    s3.refuse(owner, "", S3Model.LIST_BUCKETS);
                    kms.refuse(owner, key, "kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey");
                    for (String right : all) {
                        if (right.startsWith("kms:")) {
                            kms.allow(owner, key, right);
                        } else if (right.equals(S3Model.LIST_BUCKETS)) {
                            s3.allowListBuckets(owner);
                        } else {
                            s3.allow(owner, bucket, right);
                        }
                    }
                }
            }
        };
    }
}
