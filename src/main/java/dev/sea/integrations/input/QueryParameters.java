package dev.sea.integrations.input;

import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads query parameters as strictly as bodies. JAX-RS itself would answer a wrong number with 404. */
public final class QueryParameters {
    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 100;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    private QueryParameters() {}

    /**
     * The most items of a page: 1 to 100, or 20 if the parameter is absent.
     *
     * @throws InvalidInput for anything else
     */
    public static int limit(@Nullable String limit) {
        return number("limit", limit, MAX_LIMIT, DEFAULT_LIMIT);
    }

    /**
     * A parameter that is a whole number from 1.
     *
     * @param otherwise the value if it is absent
     * @throws InvalidInput for anything else
     */
    public static int number(String name, @Nullable String text, int most, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            throw refused(
                    name,
                    name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT),
                    "The " + name + " must be a whole number from 1 to " + most + ".");
        }
        return number;
    }

    /**
     * A parameter that is {@code true} or {@code false}.
     *
     * @param otherwise the value if it is absent
     * @throws InvalidInput for anything else
     */
    public static boolean flag(String name, @Nullable String flag, boolean otherwise) {
        return switch (flag) {
            case null -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, "FLAG", "This parameter must be true or false.");
        };
    }

    /**
     * A parameter that is the name of a constant; empty if it is absent.
     *
     * @throws InvalidInput for anything else
     */
    public static <E extends Enum<E>> Optional<E> oneOf(String name, @Nullable String value, Class<E> type) {
        if (value == null) {
            return Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return Optional.of(constant);
            }
        }
        throw refused(
                name,
                name.toUpperCase(Locale.ROOT),
                "This parameter must be one of " + List.of(type.getEnumConstants()) + ".");
    }

    /** The refusal of one parameter. */
    public static InvalidInput refused(String name, String code, String message) {
        return new InvalidInput(List.of(new FieldError(name, code, message)));
    }
}
