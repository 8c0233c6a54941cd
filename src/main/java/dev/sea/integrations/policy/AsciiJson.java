package dev.sea.integrations.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * JSON in ASCII only, for text that passes through terminals, editors and other people's templates. Such a JSON string is also
 * a double-quoted scalar of YAML if it has no surrogates, and no policy has any.
 */
final class AsciiJson {
    private static final ObjectWriter COMPACT = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writer();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter INDENTED =
            COMPACT.with(new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));

    private AsciiJson() {}

    static String quoted(String text) {
        return write(COMPACT, text);
    }

    static String indented(JsonNode tree) {
        return write(INDENTED, tree);
    }

    private static String write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("text and trees are always JSON", impossible);
        }
    }
}
