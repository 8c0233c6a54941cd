package dev.sea.integrations.client;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import java.util.Map;

/**
 * A request for one object, to be presigned.
 *
 * @param key the whole key, not yet encoded
 * @param headers that the sender must send with just these values, by name; {@code host} is always one of them
 * @param parameters of the query, by name, not yet encoded
 */
public record ObjectRequest(
        Method method,
        AwsRegion region,
        BucketName bucket,
        String key,
        Map<String, String> headers,
        Map<String, String> parameters) {

    /** What the request does with the object. */
    public enum Method {
        GET,
        PUT
    }

    public ObjectRequest {
        headers = Map.copyOf(headers);
        parameters = Map.copyOf(parameters);
    }
}
