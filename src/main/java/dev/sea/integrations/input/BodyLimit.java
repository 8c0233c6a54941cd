package dev.sea.integrations.input;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses each body whose {@code Content-Length} is over the limit, whatever its path. {@link JsonBody} counts a body without
 * that header while it reads it.
 */
public class BodyLimit {
    /** The most bytes of a body. */
    static final int BYTES = 64 * 1024;

    /** 413. The server's own limit is far higher, because its answer has no body. */
    static final class BodyTooLarge extends ProblemException {
        BodyTooLarge() {
            super(ProblemType.BODY_TOO_LARGE, "The body has more than " + BYTES / 1024 + " KiB.");
        }
    }

    @ServerRequestFilter(preMatching = true)
    public void check(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null && tooLong(length)) {
            throw new BodyTooLarge();
        }
    }

    private static boolean tooLong(String length) {
        try {
            return Long.parseLong(length.strip()) > BYTES;
        } catch (NumberFormatException notALength) {
            return true;
        }
    }
}
