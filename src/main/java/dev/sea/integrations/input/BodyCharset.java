package dev.sea.integrations.input;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses bodies whose {@code Content-Type} names a charset other than UTF-8. JSON between systems is UTF-8.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-8.1">RFC 8259, Character Encoding</a>
 */
public class BodyCharset {
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\";\\s]*)");
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8");

    /** 415. */
    static final class OtherCharset extends ProblemException {
        OtherCharset() {
            super(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body in UTF-8. Its Content-Type names another charset.");
        }
    }

    @ServerRequestFilter
    public void check(ContainerRequestContext request) {
        String type = request.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type != null) {
            Matcher charset = CHARSET.matcher(type);
            if (charset.find() && !UTF_8.contains(charset.group(1).toLowerCase(Locale.ROOT))) {
                throw new OtherCharset();
            }
        }
    }
}
