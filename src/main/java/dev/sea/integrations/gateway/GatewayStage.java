package dev.sea.integrations.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/**
 * The variables of the gateway's stage: configuration of a deployment that changes without a new version of the function.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.stage-variables.html">Stage
 *     variables of HTTP APIs</a>
 */
@RequestScoped
public class GatewayStage {
    private final CurrentVertxRequest request;

    public GatewayStage(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Empty where the stage has none of this name, and outside of the gateway. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(request.getCurrent())
                .flatMap(GatewayEvents::of)
                .map(APIGatewayV2HTTPEvent::getStageVariables)
                .map(variables -> variables.get(name))
                .filter(value -> !value.isBlank());
    }
}
