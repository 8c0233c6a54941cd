package dev.sea.integrations.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import java.time.Duration;
import java.util.Optional;

/** The Lambda invocation that the request at hand came with. */
@RequestScoped
public class Invocation {
    private final CurrentVertxRequest request;

    public Invocation(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Until Lambda stops the function; empty outside of Lambda, where nobody says. */
    public Optional<Duration> timeLeft() {
        return Optional.ofNullable(request.getCurrent())
                .flatMap(GatewayEvents::invocation)
                .map(Context::getRemainingTimeInMillis)
                .filter(milliseconds -> milliseconds > 0)
                .map(Duration::ofMillis);
    }
}
