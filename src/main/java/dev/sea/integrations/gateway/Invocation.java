package dev.sea.integrations.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import java.time.Duration;
import java.util.Optional;

/** What Lambda and the gateway say about the current request, beside the request itself. */
@RequestScoped
public class Invocation {
    private final CurrentVertxRequest request;

    public Invocation(CurrentVertxRequest request) {
        this.request = request;
    }

    /** The time until Lambda stops the function; empty outside Lambda. */
    public Optional<Duration> timeLeft() {
        return Optional.ofNullable(request.getCurrent())
                .flatMap(GatewayEvents::invocation)
                .map(Context::getRemainingTimeInMillis)
                .filter(milliseconds -> milliseconds > 0)
                .map(Duration::ofMillis);
    }

    /** What stands before the routes in the paths that the client knows, such as {@code /sea}; usually empty. */
    public String base() {
        return Optional.ofNullable(request.getCurrent())
                .map(GatewayEvents::base)
                .orElse("");
    }

    /**
     * A variable of the gateway's stage: configuration that changes without a new version of the function.
     *
     * @return empty where the stage has no such variable, or a blank one, and outside the gateway
     * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.stage-variables.html">Stage
     *     variables of HTTP APIs</a>
     */
    public Optional<String> stageVariable(String name) {
        return Optional.ofNullable(request.getCurrent())
                .flatMap(GatewayEvents::of)
                .map(APIGatewayV2HTTPEvent::getStageVariables)
                .map(variables -> variables.get(name))
                .filter(value -> !value.isBlank());
    }
}
