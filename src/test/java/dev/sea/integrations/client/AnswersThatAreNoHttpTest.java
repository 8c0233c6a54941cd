package dev.sea.integrations.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.testing.Configured;
import dev.sea.integrations.testing.RawServer;
import io.smallrye.config.SmallRyeConfig;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Whatever stands where AWS should be, a call to it has failed like any other that may pass later. */
class AnswersThatAreNoHttpTest {
    /** All that the service calls; S3 with and without a body, since the JDK treats them in different ways. */
    private static final Map<String, Function<URI, Object>> CALLS = Map.of(
            "DynamoDB",
            address -> with(DynamoDbClient.builder(), address)
                    .build()
                    .getItem(request -> request.tableName("table").key(Map.of())),
            "Secrets Manager",
            address -> with(SecretsManagerClient.builder(), address)
                    .build()
                    .getSecretValue(request -> request.secretId("secret")),
            "STS",
            address -> with(StsClient.builder(), address).build().getCallerIdentity(),
            "S3 GetObject",
            address -> with(S3Client.builder(), address)
                    .forcePathStyle(true)
                    .build()
                    .getObjectAsBytes(request -> request.bucket("bucket").key("key")),
            "S3 HeadBucket",
            address -> with(S3Client.builder(), address)
                    .forcePathStyle(true)
                    .build()
                    .headBucket(request -> request.bucket("bucket")),
            "S3 PutObject",
            address -> with(S3Client.builder(), address)
                    .forcePathStyle(true)
                    .build()
                    .putObject(request -> request.bucket("bucket").key("key"), RequestBody.fromString("x")),
            "KMS",
            address -> with(KmsClient.builder(), address).build().describeKey(request -> request.keyId("key")),
            "EventBridge",
            address -> with(EventBridgeClient.builder(), address)
                    .build()
                    .putEvents(request -> request.entries(entry -> entry.source("source"))));

    private static final Map<String, String> ANSWERS = Map.of(
            "garbage", "\u0016\u0003\u0001 no HTTP at all\r\n\r\n",
            "a line without a status", "HELO\r\n\r\n",
            "nothing", "",
            "half a status line", "HTTP/1.",
            "a status line without a status", "HTTP/1.1 \r\n\r\n",
            "a status that is no number", "HTTP/1.1 OK OK\r\n\r\n");

    static Stream<Arguments> everyAnswerToEveryCall() {
        return CALLS.keySet().stream()
                .sorted()
                .flatMap(call -> ANSWERS.keySet().stream().sorted().map(answer -> arguments(call, answer)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyAnswerToEveryCall")
    void makeAwsUnavailable(String call, String answer) {
        try (RawServer server = new RawServer(ANSWERS.getOrDefault(answer, ""))) {
            URI address = server.address();
            Function<URI, Object> made = Objects.requireNonNull(CALLS.get(call));

            assertThat(catchThrowable(() -> made.apply(address)))
                    .isInstanceOf(SdkClientException.class)
                    .hasCauseInstanceOf(SocketException.class);
            assertThatThrownBy(() -> Availability.required(() -> made.apply(address)))
                    .isInstanceOf(Unavailable.class);
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void nobodyKnowsTheServicesOwnRoleThen(String answer) {
        try (RawServer server = new RawServer(ANSWERS.getOrDefault(answer, ""))) {
            SmallRyeConfig configured = Configured.only(Map.of(
                    "sea.local-aws.endpoint", server.address().toString(),
                    "sea.local-aws.access-key-id", "id",
                    "sea.local-aws.secret-access-key", "secret"));
            SeaConfig config = configured.getConfigMapping(SeaConfig.class);
            ServiceIdentity service = new ServiceIdentity(
                    configured.getConfigMapping(AwsConfig.class), config, new RegionalClients(config));

            assertThatThrownBy(service::gatewayRoleArn).isInstanceOf(Unavailable.class);
        }
    }

    static Stream<String> answers() {
        return ANSWERS.keySet().stream().sorted();
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B with(B builder, URI address) {
        return builder.region(Region.US_EAST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(address)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .overrideConfiguration(limits ->
                        limits.retryStrategy(retries -> retries.maxAttempts(1)).apiCallTimeout(Duration.ofSeconds(30)));
    }
}
