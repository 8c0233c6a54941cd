package dev.sea.integrations.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/** An account of the local AWS, with its administrator's clients. */
@SuppressWarnings("ImmutableEnumChecker") // the clients are made once and hold no state of a test
public enum Account {
    SERVICE("111122223333"),
    CUSTOMER("222233334444"),
    OTHER("333344445555");

    private static final StaticCredentialsProvider ADMINISTRATOR =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIALOCALADMIN000000", "local-admin-secret"));

    private final String id;
    private final ConcurrentMap<String, Object> clients = new ConcurrentHashMap<>();

    Account(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public IamClient iam() {
        return (IamClient) clients.computeIfAbsent(
                "iam",
                _ -> IamClient.builder()
                        .region(Region.AWS_GLOBAL)
                        .endpointOverride(LocalAws.endpoint())
                        .credentialsProvider(credentials())
                        .build());
    }

    public S3Client s3(String region) {
        return (S3Client) clients.computeIfAbsent(
                "s3 " + region,
                _ -> S3Client.builder()
                        .region(Region.of(region))
                        .endpointOverride(LocalAws.endpoint())
                        .forcePathStyle(true)
                        .credentialsProvider(credentials())
                        .build());
    }

    public KmsClient kms(String region) {
        return (KmsClient) clients.computeIfAbsent(
                "kms " + region,
                _ -> KmsClient.builder()
                        .region(Region.of(region))
                        .endpointOverride(LocalAws.endpoint())
                        .credentialsProvider(credentials())
                        .build());
    }

    public DynamoDbClient dynamoDb() {
        return (DynamoDbClient) clients.computeIfAbsent(
                "dynamodb",
                _ -> DynamoDbClient.builder()
                        .region(Region.US_EAST_1)
                        .endpointOverride(LocalAws.endpoint())
                        .credentialsProvider(credentials())
                        .build());
    }

    public SecretsManagerClient secretsManager() {
        return (SecretsManagerClient) clients.computeIfAbsent(
                "secretsmanager",
                _ -> SecretsManagerClient.builder()
                        .region(Region.US_EAST_1)
                        .endpointOverride(LocalAws.endpoint())
                        .credentialsProvider(credentials())
                        .build());
    }

    /** Environment variables that make AWS's own tools act as this account's administrator in the local AWS. */
    public Map<String, String> environment() {
        AwsCredentials keys = credentials().resolveCredentials();
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL", LocalAws.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", keys.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", keys.secretAccessKey()));
        if (keys instanceof AwsSessionCredentials session) {
            environment.put("AWS_SESSION_TOKEN", session.sessionToken());
        }
        return environment;
    }

    private AwsCredentialsProvider credentials() {
        if (this == SERVICE) {
            return ADMINISTRATOR;
        }
        try (StsClient sts = StsClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(LocalAws.endpoint())
                .credentialsProvider(ADMINISTRATOR)
                .build()) {
            var session = sts.assumeRole(request -> request.roleSessionName("tests")
                            .roleArn("arn:aws:iam::" + id + ":role/OrganizationAccountAccessRole"))
                    .credentials();
            return StaticCredentialsProvider.create(AwsSessionCredentials.create(
                    session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
        }
    }
}
