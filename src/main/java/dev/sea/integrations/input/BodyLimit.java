package dev.sea.integrations.input;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Turns bodies away by their stated length, whatever the path; one of unstated length is counted when it is read. */
public class BodyLimit {

    @ServerRequestFilter(preMatching = true)
    public void check(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null && tooLong(length)) {
            throw new BodyTooLarge();
        }
    }

    private static boolean tooLong(String length) {
        try {
            return Long.parseLong(length.strip()) > BodyTooLarge.LIMIT;
        } catch (NumberFormatException notALength) {
            return true;
        }
    }
}
