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
 * Fails an invocation that the gateway did not make if its answer is 500 or more. EventBridge Scheduler does not read
 * answers. Only a failed invocation counts in Lambda's error metric and reaches the queue of failed sweeps.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How Lambda handles
 *     errors with asynchronous invocation</a>
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

    /** Lambda counts the invocation that throws this as failed. */
    public static final class Failed extends RuntimeException {
        Failed(int status, @Nullable String body) {
            super("answered with " + status + (body == null ? "" : ": " + body));
        }
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        APIGatewayV2HTTPResponse answer = handler.handleRequest(event, context);
        boolean fromGateway = event.getRequestContext() != null && GatewayEvents.isFromGateway(event);
        if (!fromGateway && answer.getStatusCode() >= SERVER_ERROR) {
            throw new Failed(answer.getStatusCode(), answer.getBody());
        }
        return answer;
    }
}
