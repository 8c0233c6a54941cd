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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fails the invocation of an event that is no request of an HTTP API, and says what came instead: its keys, no values. */
@Decorator
@Priority(5)
public class NoRequests implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler;

    @Inject
    public NoRequests(@Any @Delegate RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler) {
        this.handler = handler;
    }

    /** Lambda logs it and counts the invocation as failed. */
    public static final class NoRequest extends RuntimeException {
        NoRequest(List<String> keys) {
            super("the event is no request of an HTTP API (payload format 2.0); it has the keys " + keys);
        }
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        if (!isRequest(event)) {
            throw new NoRequest(ReceivedEvent.keys(event));
        }
        return handler.handleRequest(event, context);
    }

    private static boolean isRequest(APIGatewayV2HTTPEvent event) {
        APIGatewayV2HTTPEvent.@Nullable RequestContext context = event.getRequestContext();
        return event.getRawPath() != null
                && context != null
                && context.getHttp() != null
                && context.getHttp().getMethod() != null;
    }
}
