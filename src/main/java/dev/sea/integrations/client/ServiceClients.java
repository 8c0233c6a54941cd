package dev.sea.integrations.client;

import dev.sea.integrations.SeaConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** Clients for the service's own account that no Quarkus extension makes. */
@ApplicationScoped
public class ServiceClients {
    /**
     * For all attempts. An event can wait in the outbox, while somebody waits for the answer of the validation that caused
     * it.
     */
    private static final Duration EVENT = Duration.ofSeconds(3);

    private static final Duration EVENT_ATTEMPT = Duration.ofMillis(1_400);
    private static final int EVENT_ATTEMPTS = 2;

    @Produces
    @Singleton
    EventBridgeClient eventBridge(SeaConfig config, ServiceIdentity service) {
        return EventBridgeClient.builder()
                .region(Region.of(service.region()))
                .credentialsProvider(service.functionCredentials())
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(EVENT_ATTEMPT)
                        .socketTimeout(EVENT_ATTEMPT))
                .overrideConfiguration(limits -> limits.apiCallTimeout(EVENT)
                        .apiCallAttemptTimeout(EVENT_ATTEMPT)
                        .retryStrategy(StandardRetryStrategy.builder()
                                .maxAttempts(EVENT_ATTEMPTS)
                                .build()))
                .applyMutation(builder -> config.localAws().endpoint().ifPresent(builder::endpointOverride))
                .build();
    }

    void close(@Disposes EventBridgeClient client) {
        client.close();
    }
}
