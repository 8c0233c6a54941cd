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

/**
 * Takes a request's body apart into a tree, strictly: one JSON object, no member twice, nothing after it.
 *
 * <p>Not bound to records by Jackson, which stops at the first broken rule, turns numbers into strings and the other way
 * round, and quotes what it could not read, be it a secret. No message here shows any of the body's values.
 */
@ApplicationScoped
public class JsonBody {
    /** Requests have two levels. */
    private static final int MOST_LEVELS = 16;

    private final ObjectReader reader = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MOST_LEVELS)
                            .build())
                    .build())
            .build()
            .readerFor(JsonNode.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Reads a body to its end.
     *
     * @throws InvalidInput when it is no JSON object
     * @throws BodyLimit.BodyTooLarge past {@link BodyLimit#BYTES} bytes, whatever length it stated
     */
    public InputObject read(InputStream body) {
        return read(bytes(body));
    }

    /**
     * Reads a body that {@link #bytes} has read already.
     *
     * @throws InvalidInput when it is no JSON object
     */
    InputObject read(byte[] body) {
        JsonNode root = parse(body);
        if (root instanceof ObjectNode object) {
            return InputObject.root(object);
        }
        throw malformed(
                root.isMissingNode() ? "The body is empty; a JSON object is expected." : "The body is no JSON object.");
    }

    /** Reads a body to its end, as far as it may go. */
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
            return reader.readTree(body);
        } catch (StreamConstraintsException tooDeep) {
            throw malformed("The body is nested too deep.");
        } catch (MismatchedInputException trailing) {
            throw malformed("Something follows the body's JSON object.");
        } catch (JsonProcessingException unreadable) {
            JsonLocation place = unreadable.getLocation();
            throw malformed("The body is not well-formed JSON, or names a member twice"
                    + (place == null ? "." : ": line " + place.getLineNr() + ", column " + place.getColumnNr() + "."));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static InvalidInput malformed(String message) {
        return InvalidInput.malformed(new FieldError("", "MALFORMED_BODY", message));
    }
}
