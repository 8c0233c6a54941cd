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
import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Null;
import jakarta.validation.groups.Default;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.engine.HibernateConstraintViolation;

/**
 * Reads the body of a request strictly: one JSON object, no member twice, nothing after it, and no rule broken of those that
 * its record declares. The messages contain no value of the body, which may be a secret.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259, JSON</a>
 */
@ApplicationScoped
public class JsonBody {
    /** The group of the constraints that name none. */
    static final Class<?>[] ALWAYS = {Default.class};

    private static final int MAX_ERRORS = 50;

    /** By the constraint. Others have the code of the value that refuses, or the member's name. */
    private static final Map<Class<?>, String> CODES =
            Map.of(Null.class, "NOT_WITH_METHOD", Range.class, StrictBinding.OUT_OF_RANGE);

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

    private final StrictBinding binding = new StrictBinding();
    private final Validator validator;

    JsonBody(Validator validator) {
        this.validator = validator;
    }

    /**
     * Reads a body as a record.
     *
     * @throws InvalidInput when it is not a JSON object, or with every broken rule, at most {@value #MAX_ERRORS}
     * @throws BodyLimit.BodyTooLarge when it has more than {@link BodyLimit#BYTES} bytes, whatever its {@code Content-Length}
     */
    public <T> T read(InputStream body, Class<T> type) {
        return bind(object(bytes(body)), new ArrayList<>(), type, ALWAYS);
    }

    /**
     * Makes a record of the members of a body.
     *
     * @param errors what is known to be wrong already
     * @param groups of constraints that hold
     * @throws InvalidInput with every broken rule, at most {@value #MAX_ERRORS}
     */
    <T> T bind(ObjectNode members, List<FieldError> errors, Class<T> type, Class<?>[] groups) {
        T input = binding.bind(members, type, errors);
        Set<String> wrong = errors.stream().map(FieldError::field).collect(Collectors.toSet());
        validator.validate(input, groups).stream()
                .map(JsonBody::error)
                // A member of a wrong type reads as absent, but is not missing.
                .filter(error -> !wrong.contains(error.field()))
                .forEach(errors::add);
        if (!errors.isEmpty()) {
            throw new InvalidInput(
                    errors.stream().sorted(order(members)).limit(MAX_ERRORS).toList());
        }
        return input;
    }

    /** As the body has the members, then what is missing. What is unknown comes last, since there may be much of it. */
    private static Comparator<FieldError> order(ObjectNode members) {
        Map<String, Integer> places = new HashMap<>();
        addPlaces(places, "", members);
        return Comparator.comparing((FieldError error) -> error.code().equals(StrictBinding.UNKNOWN_MEMBER))
                .thenComparing(error -> places.getOrDefault(error.field(), Integer.MAX_VALUE))
                .thenComparing(FieldError::field);
    }

    private static void addPlaces(Map<String, Integer> places, String parent, JsonNode object) {
        object.properties().forEach(member -> {
            String pointer = parent + "/" + member.getKey();
            places.put(pointer, places.size());
            addPlaces(places, pointer, member.getValue());
        });
    }

    private static FieldError error(ConstraintViolation<?> violation) {
        String pointer = pointer(violation.getPropertyPath());
        HibernateConstraintViolation<?> detailed = violation.unwrap(HibernateConstraintViolation.class);
        RuleViolation rule = detailed.getDynamicPayload(RuleViolation.class);
        if (rule != null) {
            return new FieldError(pointer, rule.code(), rule.getMessage());
        }
        Class<?> constraint =
                violation.getConstraintDescriptor().getAnnotation().annotationType();
        String member = pointer.substring(pointer.lastIndexOf('/') + 1);
        return constraint == NotNull.class
                ? new FieldError(pointer, "REQUIRED", "This member is required.")
                : new FieldError(
                        pointer,
                        CODES.getOrDefault(constraint, member.toUpperCase(Locale.ROOT)),
                        violation.getMessage());
    }

    private static String pointer(Path path) {
        return StreamSupport.stream(path.spliterator(), false)
                .filter(node -> node.getName() != null)
                .map(node -> "/" + node.getName())
                .collect(Collectors.joining());
    }

    /** The object that a body is. */
    ObjectNode object(byte[] body) {
        JsonNode root = parse(body);
        if (root instanceof ObjectNode object) {
            return object;
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
