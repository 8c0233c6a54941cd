package dev.sea.integrations.client;

import dev.sea.integrations.SeaConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

/**
 * Keeps as many idle connections to a host as a sweep makes calls at once. The JDK keeps 5 unless told otherwise before its
 * first request. Most of 32 parallel validations would then open a new connection, with a TLS handshake, for each call to STS
 * and DynamoDB (docs/adr/0014). Connections to buckets are not kept: see {@link RegionalClients}.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/net/doc-files/net-properties.html">Networking
 *     properties</a>
 */
@ApplicationScoped
public class KeptConnections {
    private static final String PROPERTY = "http.maxConnections";
    private static final int CALLS_OF_A_VALIDATION = 8;

    private final SeaConfig config;

    public KeptConnections(SeaConfig config) {
        this.config = config;
    }

    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (System.getProperty(PROPERTY) == null) {
            int calls = CALLS_OF_A_VALIDATION * config.schedule().concurrency();
            System.setProperty(PROPERTY, Integer.toString(calls));
        }
    }
}
