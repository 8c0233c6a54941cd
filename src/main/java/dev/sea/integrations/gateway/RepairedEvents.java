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
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Repairs in an event what the Lambda extension would make a wrong request of, or none. */
@Decorator
@Priority(20)
public class RepairedEvents implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private static final String EXPECT = "expect";
    private static final Pattern WHITE_SPACE = Pattern.compile("[ \\t\\r\\n]+");

    /** What a path may contain beside letters and digits. */
    private static final String PLAIN = "/-._~!$&'()*+,;=:@";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler;

    @Inject
    public RepairedEvents(@Any @Delegate RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler) {
        this.handler = handler;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        dropExpect(event);
        makeBodyDecodable(event);
        takeBaseAway(event);
        encodePath(event);
        return handler.handleRequest(event, context);
    }

    /**
     * The client has sent its body already, and the gateway has it. The HTTP server would answer 100 (Continue) all the same,
     * and the Lambda extension would take that for the whole answer.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1">RFC 9110, Expect</a>
     */
    private static void dropExpect(APIGatewayV2HTTPEvent event) {
        @Nullable Map<String, String> headers = event.getHeaders();
        if (headers != null) {
            Map<String, String> others = new LinkedHashMap<>(headers);
            others.keySet().removeIf(EXPECT::equalsIgnoreCase);
            event.setHeaders(others);
        }
    }

    /**
     * The Lambda extension would answer what it cannot decode with 500. White space in base64 goes. A body that is not base64
     * stays as text, which the reader of the body then judges.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-3">RFC 4648, line feeds in encoded data</a>
     */
    private static void makeBodyDecodable(APIGatewayV2HTTPEvent event) {
        @Nullable String body = event.getBody();
        if (body != null && event.getIsBase64Encoded()) {
            String encoded = WHITE_SPACE.matcher(body).replaceAll("");
            boolean decodes = decodes(encoded);
            event.setBody(decodes ? encoded : body);
            event.setIsBase64Encoded(decodes);
        }
    }

    private static boolean decodes(String encoded) {
        try {
            Base64.getDecoder().decode(encoded);
            return true;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Takes away what {@code rawPath} has before the route, so that the application serves it below any base. */
    private static void takeBaseAway(APIGatewayV2HTTPEvent event) {
        MappedPath mapped = MappedPath.of(event.getRouteKey(), event.getRawPath());
        if (!mapped.base().isEmpty()) {
            event.setRawPath(mapped.path());
        }
    }

    /**
     * API Gateway decodes {@code rawPath}, and the Lambda extension puts it into a request line as it is. The HTTP server would
     * reject some paths before the application sees them, with an empty 400 instead of a problem.
     */
    private static void encodePath(APIGatewayV2HTTPEvent event) {
        @Nullable String path = event.getRawPath();
        if (path != null) {
            // The server cannot parse "" or "//". Behind "/./" each is refused, as every path that is not in normal
            // form.
            boolean parses = path.startsWith("/") && !path.startsWith("//");
            event.setRawPath(parses ? encoded(path) : "/./" + encoded(path));
        }
    }

    /**
     * The path with the characters percent-encoded that a request line may not contain. Existing escapes stay.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.3">RFC 3986, Path</a>
     */
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
