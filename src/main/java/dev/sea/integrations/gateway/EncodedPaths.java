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
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Percent-encodes the characters of an event's path that a request line may not contain. API Gateway decodes
 * {@code rawPath}, and the Lambda extension puts it into a request line as it is. Without this, the HTTP server would
 * reject some paths before the application sees them, with an empty 400 instead of a problem. Existing escapes stay.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.3">RFC 3986, Path</a>
 */
@Decorator
@Priority(20)
public class EncodedPaths implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    /** What a path may contain beside letters and digits. */
    private static final String PLAIN = "/-._~!$&'()*+,;=:@";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler;

    @Inject
    public EncodedPaths(@Any @Delegate RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler) {
        this.handler = handler;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        @Nullable String path = event.getRawPath();
        if (path != null) {
            // The server cannot parse "" or "//". Behind "/./" each is refused, as every path that is not in normal
            // form.
            boolean parses = path.startsWith("/") && !path.startsWith("//");
            event.setRawPath(parses ? encoded(path) : "/./" + encoded(path));
        }
        return handler.handleRequest(event, context);
    }

    static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        byte[] octets = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            char character = (char) (octets[i] & 0xFF);
            if (character == '%' ? isEscape(octets, i) : isPlain(character)) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octets[i]));
            }
        }
        return encoded.toString();
    }

    private static boolean isEscape(byte[] octets, int i) {
        return i + 2 < octets.length && HexFormat.isHexDigit(octets[i + 1]) && HexFormat.isHexDigit(octets[i + 2]);
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || PLAIN.indexOf(character) >= 0;
    }
}
