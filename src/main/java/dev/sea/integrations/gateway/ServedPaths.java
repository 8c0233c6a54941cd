package dev.sea.integrations.gateway;

import dev.sea.integrations.SeaConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * What a function does not serve is not there: {@code /internal} for the API's, everything else for the sweep's, and
 * {@code /internal} for whoever comes by way of the gateway, whatever the route. In development, where no gateway is, a
 * plain request may be the scheduler's.
 */
public class ServedPaths {
    private static final String INTERNAL = "/internal";

    private final SeaConfig config;
    private final CurrentVertxRequest request;

    public ServedPaths(SeaConfig config, CurrentVertxRequest request) {
        this.config = config;
        this.request = request;
    }

    @ServerRequestFilter(preMatching = true)
    public void check(ContainerRequestContext context) {
        String path = context.getUriInfo().getRequestUri().getPath();
        boolean served = isServed(config.function(), path, isSchedulers());
        if (!served) {
            throw new NotFoundException();
        }
    }

    static boolean isServed(SeaConfig.Function function, String path, boolean schedulers) {
        boolean internal = path.equals(INTERNAL) || path.startsWith(INTERNAL + "/");
        return switch (function) {
            case API -> !internal;
            case SWEEP -> internal && schedulers;
            case ALL -> !internal || schedulers;
        };
    }

    private boolean isSchedulers() {
        return GatewayEvents.of(request.getCurrent())
                .map(event -> !GatewayEvents.isGateways(event))
                .orElse(LaunchMode.current() == LaunchMode.DEVELOPMENT);
    }
}
