package dev.sea.integrations.report;

import dev.sea.integrations.policy.Statement;
import java.util.Optional;

/**
 * What to fix.
 *
 * @param text for the customer's AWS administrator
 * @param statement if a policy lacks something: the exact statement to add, or to have instead
 */
public record Remedy(String text, Optional<Statement> statement) {

    public static Remedy of(String text) {
        return new Remedy(text, Optional.empty());
    }
}
