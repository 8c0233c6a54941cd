package dev.sea.integrations.integration;

import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads query parameters as strictly as bodies; JAX-RS itself would answer a wrong number with 404. */
final class QueryParameters {
    static final int DEFAULT_LIMIT = 20;
    static final int MOST = 100;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    private QueryParameters() {}

    static int limit(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        int number = NUMBER.matcher(limit).matches() ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > MOST) {
            throw refused("limit", "LIMIT", "The limit is a number from 1 to " + MOST + ".");
        }
        return number;
    }

    static boolean flag(String name, @Nullable String flag, boolean otherwise) {
        return switch (flag) {
            case null -> otherwise;
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, "FLAG", "This is true or false.");
        };
    }

    private static InvalidInput refused(String name, String code, String message) {
        return new InvalidInput(List.of(new FieldError(name, code, message)));
    }
}
