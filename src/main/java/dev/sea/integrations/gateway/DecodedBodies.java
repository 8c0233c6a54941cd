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
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that the Lambda extension can decode the body of an event, since it would answer what it cannot decode with 500.
 * White space in base64 goes. A body that is not base64 stays as text, which the reader of the body then judges.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-3">RFC 4648, line feeds in encoded data</a>
 */
@Decorator
@Priority(17)
public class DecodedBodies implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private static final Pattern WHITE_SPACE = Pattern.compile("[ \\t\\r\\n]+");

    private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler;

    @Inject
    public DecodedBodies(@Any @Delegate RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler) {
        this.handler = handler;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        @Nullable String body = event.getBody();
        if (body != null && event.getIsBase64Encoded()) {
            String encoded = WHITE_SPACE.matcher(body).replaceAll("");
            boolean decodes = decodes(encoded);
            event.setBody(decodes ? encoded : body);
            event.setIsBase64Encoded(decodes);
        }
        return handler.handleRequest(event, context);
    }

    private static boolean decodes(String encoded) {
        try {
            Base64.getDecoder().decode(encoded);
            return true;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
