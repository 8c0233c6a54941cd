package dev.sea.integrations.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.TreeMap;

/** An answer as it was given, to be given again. Holds no secret, since answers do not. */
public record RecordedAnswer(int status, Map<String, String> headers, String body) {

    /** Of a response whose entity is text. */
    static RecordedAnswer of(Response response) {
        Map<String, String> headers = new TreeMap<>();
        response.getHeaders().forEach((name, values) -> headers.put(name, String.valueOf(values.getFirst())));
        return new RecordedAnswer(response.getStatus(), headers, String.valueOf(response.getEntity()));
    }

    Response response() {
        Response.ResponseBuilder response = Response.status(status).entity(body);
        headers.forEach((name, value) -> {
            if (name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                response.type(value);
            } else {
                response.header(name, value);
            }
        });
        return response.build();
    }
}
