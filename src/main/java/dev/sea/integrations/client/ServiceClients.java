package dev.sea.integrations.client;

import dev.sea.integrations.SeaConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Clients for the service's own account. */
@ApplicationScoped
public class ServiceClients {
    /** For all attempts. The API function has 29 s in all. This ends the attempts: the SDK would make nine for DynamoDB. */
    private static final Duration CALL = Duration.ofSeconds(5);

    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    /**
     * For all attempts. An event can wait in the outbox, while somebody waits for the answer of the validation that caused
     * it.
     */
    private static final Duration EVENT = Duration.ofSeconds(3);

    private static final Duration EVENT_ATTEMPT = Duration.ofMillis(1_400);
    private static final int EVENT_ATTEMPTS = 2;

    private final SeaConfig config;
    private final ServiceIdentity service;

    ServiceClients(SeaConfig config, ServiceIdentity service) {
        this.config = config;
        this.service = service;
    }

    @Produces
    @Singleton
    DynamoDbClient dynamoDb() {
        return built(DynamoDbClient.builder(), ATTEMPT, limited(CALL, ATTEMPT).build());
    }

    @Produces
    @Singleton
    SecretsManagerClient secretsManager() {
        return built(
                SecretsManagerClient.builder(), ATTEMPT, limited(CALL, ATTEMPT).build());
    }

    @Produces
    @Singleton
    EventBridgeClient eventBridge() {
        return built(
                EventBridgeClient.builder(),
                EVENT_ATTEMPT,
                limited(EVENT, EVENT_ATTEMPT)
                        .retryStrategy(StandardRetryStrategy.builder()
                                .maxAttempts(EVENT_ATTEMPTS)
                                .build())
                        .build());
    }

    void close(@Disposes DynamoDbClient client) {
        client.close();
    }

    void close(@Disposes SecretsManagerClient client) {
        client.close();
    }

    void close(@Disposes EventBridgeClient client) {
        client.close();
    }

    private static ClientOverrideConfiguration.Builder limited(Duration call, Duration attempt) {
        return ClientOverrideConfiguration.builder().apiCallTimeout(call).apiCallAttemptTimeout(attempt);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C built(
            B builder, Duration attempt, ClientOverrideConfiguration limits) {
        builder.region(Region.of(service.region()))
                .credentialsProvider(service.functionCredentials())
                .overrideConfiguration(limits)
                .httpClient(JdkConnections.limited(attempt));
        config.localAws().endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }
}
