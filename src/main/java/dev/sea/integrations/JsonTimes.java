package dev.sea.integrations;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes times as RFC 3339 in UTC, always with milliseconds, so that they sort as text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339">RFC 3339, Timestamps</a>
 */
@Singleton
public class JsonTimes implements ObjectMapperCustomizer {

    /** Runs after Quarkus has registered Jackson's module for times: the last serializer registered is used. */
    @Override
    public int priority() {
        return Integer.MIN_VALUE;
    }

    @Override
    public void customize(ObjectMapper json) {
        json.registerModule(new SimpleModule("times").addSerializer(Instant.class, new Milliseconds()));
    }

    private static final class Milliseconds extends StdSerializer<Instant> {
        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

        Milliseconds() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(FORMAT.format(time));
        }
    }
}
