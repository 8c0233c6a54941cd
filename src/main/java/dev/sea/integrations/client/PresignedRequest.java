package dev.sea.integrations.client;

import dev.sea.integrations.client.ObjectRequest.Method;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * A request that whoever holds it may send, until it expires. The URL holds the signature and the session token, so it is as
 * secret as a key.
 *
 * @param headers that must be sent with just these values, by name in lower case; all but {@code host}, which every client
 *     sends
 * @param expiresAt when S3 stops accepting the URL. The session that signed it may end before
 */
public record PresignedRequest(Method method, URI url, Map<String, String> headers, Instant expiresAt) {

    public PresignedRequest {
        headers = Map.copyOf(headers);
    }

    /** Without the query, which holds the signature. */
    @Override
    public String toString() {
        return "PresignedRequest[" + method + " " + url.getHost() + url.getRawPath() + ", until " + expiresAt + "]";
    }
}
