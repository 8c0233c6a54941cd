package dev.sea.integrations.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Parses the body of a request strictly: one JSON object, no member twice, nothing after it.
 *
 * <p>Jackson's binding to records is not used. It stops at the first broken rule, converts between numbers and strings, and
 * quotes what it cannot read, which may be a secret. The messages here contain no value of the body.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259, JSON</a>
 */
@ApplicationScoped
public class JsonBody {
    /** More than enough: requests have two levels. */
    private static final int MAX_LEVELS = 16;

    private static final char REPLACEMENT = '\uFFFD';
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final ObjectReader reader = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_LEVELS)
                            .build())
                    .build())
            .build()
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Reads and parses a body.
     *
     * @throws InvalidInput when it is not a JSON object
     * @throws BodyLimit.BodyTooLarge when it has more than {@link BodyLimit#BYTES} bytes, whatever its {@code Content-Length}
     */
    public InputObject read(InputStream body) {
        return read(bytes(body));
    }

    /**
     * Parses a body that {@link #bytes} has read.
     *
     * @throws InvalidInput when it is not a JSON object
     */
    InputObject read(byte[] body) {
        JsonNode root = parse(body);
        if (root instanceof ObjectNode object) {
            return InputObject.root(object);
        }
        throw malformed(
                root.isMissingNode() ? "The body is empty. Send a JSON object." : "The body is not a JSON object.");
    }

    /**
     * Reads a body to its end.
     *
     * @throws BodyLimit.BodyTooLarge when it has more than {@link BodyLimit#BYTES} bytes
     */
    public static byte[] bytes(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(BodyLimit.BYTES + 1);
            if (bytes.length > BodyLimit.BYTES) {
                throw new BodyLimit.BodyTooLarge();
            }
            return bytes;
        } catch (IOException brokenOff) {
            throw new UncheckedIOException(brokenOff);
        }
    }

    private JsonNode parse(byte[] body) {
        try {
            return reader.readTree(text(body));
        } catch (CharacterCodingException notUtf8) {
            throw malformed("The body is not UTF-8.");
        } catch (StreamConstraintsException tooDeep) {
            throw malformed("The body is nested too deeply.");
        } catch (MismatchedInputException trailing) {
            throw malformed("The body has more after its JSON object.");
        } catch (JsonProcessingException unreadable) {
            JsonLocation place = unreadable.getLocation();
            throw malformed("The body is not valid JSON, or has a member twice"
                    + (place == null ? "." : ": line " + place.getLineNr() + ", column " + place.getColumnNr() + "."));
        }
    }

    /**
     * Decodes UTF-8, with or without a byte order mark. The gateway passes most bodies on as text, in which U+FFFD stands for
     * what it could not decode.
     */
    private static String text(byte[] body) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(body))
                .toString();
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw malformed("The body is not UTF-8, or has the character U+FFFD, which stands for text that got lost."
                    + " Escaped as \\ufffd, the character itself is accepted.");
        }
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static InvalidInput malformed(String message) {
        return InvalidInput.malformed(new FieldError("", "MALFORMED_BODY", message));
    }
}
