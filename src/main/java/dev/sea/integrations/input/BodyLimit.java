package dev.sea.integrations.input;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Turns bodies away by their stated length, whatever the path; one of unstated length is counted when it is read. */
public class BodyLimit {
    static final int BYTES = 64 * 1024;

    /** 413, said by ourselves well below the server's own limit, whose answer has no body. */
    static final class BodyTooLarge extends ProblemException {
        BodyTooLarge() {
            super(ProblemType.BODY_TOO_LARGE, "A body has at most " + BYTES / 1024 + " KiB.");
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
