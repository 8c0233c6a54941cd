package dev.sea.integrations.api;

import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header {@code Idempotency-Key}: the caller's own name for a request.
 *
 * @param value 1 to 255 printable ASCII characters
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The Idempotency-Key HTTP Header
 *     Field (draft)</a>
 */
public record IdempotencyKey(String value) {
    static final String HEADER = "Idempotency-Key";
    private static final Pattern SHAPE = Pattern.compile("[\\x20-\\x7E]{1,255}");

    /**
     * Reads the header; empty if it is absent.
     *
     * @param values the header as it came; more than one in development only, where no gateway joins them
     * @throws InvalidInput when the key is blank, too long or has other characters
     */
    static Optional<IdempotencyKey> of(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String key = String.join(",", values).strip();
        if (!SHAPE.matcher(key).matches()) {
            throw new InvalidInput(List.of(new FieldError(
                    HEADER, "IDEMPOTENCY_KEY", "An Idempotency-Key must have 1 to 255 printable ASCII characters.")));
        }
        return Optional.of(new IdempotencyKey(key));
    }
}
