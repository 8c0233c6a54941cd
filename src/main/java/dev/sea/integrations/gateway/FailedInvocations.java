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
import org.jspecify.annotations.Nullable;

/**
 * Makes an invocation fail whose event did not come from the gateway and was answered with 500 or more. The scheduler
 * reads no answer: only the failure of the invocation gets it to Lambda's metrics and to the queue of failed sweeps.
 */
@Decorator
@Priority(10)
public class FailedInvocations implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private static final int SERVER_ERROR = 500;

    private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler;

    @Inject
    public FailedInvocations(@Any @Delegate RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler) {
        this.handler = handler;
    }

    /** An invocation to be counted as failed. */
    public static final class Failed extends RuntimeException {
        Failed(int status, @Nullable String body) {
            super("answered with " + status + (body == null ? "" : ": " + body));
        }
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        APIGatewayV2HTTPResponse answer = handler.handleRequest(event, context);
        boolean gateways = event.getRequestContext() != null && GatewayEvents.isGateways(event);
        if (!gateways && answer.getStatusCode() >= SERVER_ERROR) {
            throw new Failed(answer.getStatusCode(), answer.getBody());
        }
        return answer;
    }
}
