package dev.sea.integrations.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event that remembers the keys that an event of the gateway does not have. Jackson would forget them. */
@RegisterForReflection
public class ReceivedEvent extends APIGatewayV2HTTPEvent {
    private static final int MOST_KEYS = 20;
    private static final int MAX_LENGTH = 64;

    private final transient List<String> others = new ArrayList<>();

    /** Any value, which is skipped. */
    @JsonDeserialize(using = Skip.class)
    @RegisterForReflection
    public static final class Skipped {
        private Skipped() {}
    }

    /** Reads no value. */
    @RegisterForReflection
    public static final class Skip extends JsonDeserializer<@Nullable Skipped> {
        @Override
        public @Nullable Skipped deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            parser.skipChildren();
            return null;
        }
    }

    /** Has Jackson read this class where Lambda's runtime asks for an event. */
    @JsonDeserialize(as = ReceivedEvent.class)
    @RegisterForReflection
    interface Received {}

    /** Customizes the mapper that reads events. */
    @Singleton
    public static class Customizer implements ObjectMapperCustomizer {
        @Override
        public void customize(ObjectMapper mapper) {
            mapper.addMixIn(APIGatewayV2HTTPEvent.class, Received.class);
        }
    }

    @JsonAnySetter
    void other(String key, @Nullable Skipped value) {
        if (others.size() < MOST_KEYS) {
            others.add(shown(key));
        }
    }

    /** The keys that an event came with, at most 20 that the gateway does not send, cut to 64 characters. */
    static List<String> keys(APIGatewayV2HTTPEvent event) {
        List<String> keys = new ArrayList<>(event instanceof ReceivedEvent received ? received.others : List.of());
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        known.put("version", event.getVersion());
        known.put("routeKey", event.getRouteKey());
        known.put("rawPath", event.getRawPath());
        known.put("rawQueryString", event.getRawQueryString());
        known.put("cookies", event.getCookies());
        known.put("headers", event.getHeaders());
        known.put("queryStringParameters", event.getQueryStringParameters());
        known.put("pathParameters", event.getPathParameters());
        known.put("stageVariables", event.getStageVariables());
        known.put("body", event.getBody());
        known.put("requestContext", event.getRequestContext());
        known.forEach((key, value) -> {
            if (value != null) {
                keys.add(key);
            }
        });
        return keys;
    }

    private static String shown(String key) {
        String line = key.replaceAll("[^\\x20-\\x7E]", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }
}
