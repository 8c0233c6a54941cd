package dev.sea.integrations.input;

import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads query parameters as strictly as bodies; JAX-RS itself would answer a wrong number with 404. */
public final class QueryParameters {
    static final int DEFAULT_LIMIT = 20;
    static final int MOST = 100;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    private QueryParameters() {}

    public static int limit(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        int number = NUMBER.matcher(limit).matches() ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > MOST) {
            throw refused("limit", "LIMIT", "The limit is a number from 1 to " + MOST + ".");
        }
        return number;
    }

    public static boolean flag(String name, @Nullable String flag, boolean otherwise) {
        return switch (flag) {
            case null -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, "FLAG", "This is true or false.");
        };
    }

    public static <E extends Enum<E>> Optional<E> oneOf(String name, @Nullable String value, Class<E> type) {
        if (value == null) {
            return Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return Optional.of(constant);
            }
        }
        throw refused(name, name.toUpperCase(Locale.ROOT), "This is one of " + List.of(type.getEnumConstants()) + ".");
    }

    /** The refusal of one parameter. */
    public static InvalidInput refused(String name, String code, String message) {
        return new InvalidInput(List.of(new FieldError(name, code, message)));
    }
}
