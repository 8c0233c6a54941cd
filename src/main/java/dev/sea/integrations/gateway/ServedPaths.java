package dev.sea.integrations.gateway;

import dev.sea.integrations.SeaConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Answers 404 for each path that this function does not serve. The API function does not serve {@code /internal}; the
 * sweep function serves nothing else. No function serves {@code /internal} to a request that came through the gateway,
 * whatever its route. In development there is no gateway, so plain requests may act as the scheduler's.
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
        boolean served = isServed(config.function(), path, isFromScheduler());
        if (!served) {
            throw new NotFoundException();
        }
    }

    static boolean isServed(SeaConfig.Function function, String path, boolean fromScheduler) {
        boolean internal = path.equals(INTERNAL) || path.startsWith(INTERNAL + "/");
        return switch (function) {
            case API -> !internal;
            case SWEEP -> internal && fromScheduler;
            case ALL -> !internal || fromScheduler;
        };
    }

    private boolean isFromScheduler() {
        return GatewayEvents.of(request.getCurrent())
                .map(event -> !GatewayEvents.isFromGateway(event))
                .orElse(LaunchMode.current() == LaunchMode.DEVELOPMENT);
    }
}
