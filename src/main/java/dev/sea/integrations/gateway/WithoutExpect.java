package dev.sea.integrations.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Drops the header {@code Expect} of an event. The client has sent its body already, and the gateway has it. The HTTP server
 * would answer 100 (Continue) all the same, and the Lambda extension would take that for the whole answer.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1">RFC 9110, Expect</a>
 */
@Decorator
@Priority(16)
public class WithoutExpect implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private static final String EXPECT = "expect";

    private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler;

    @Inject
    public WithoutExpect(@Any @Delegate RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler) {
        this.handler = handler;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        @Nullable Map<String, String> headers = event.getHeaders();
        if (headers != null) {
            Map<String, String> others = new LinkedHashMap<>(headers);
            others.keySet().removeIf(EXPECT::equalsIgnoreCase);
            event.setHeaders(others);
        }
        return handler.handleRequest(event, context);
    }
}
