package dev.sea.integrations.report;

import dev.sea.integrations.policy.Statement;
import java.util.Optional;

/**
 * What to mend.
 *
 * @param text one sentence for the customer's AWS administrator
 * @param statement where a policy lacks something: the exact statement to add, or the one to have instead
 */
public record Remedy(String text, Optional<Statement> statement) {

    public static Remedy of(String text) {
        return new Remedy(text, Optional.empty());
    }
}
