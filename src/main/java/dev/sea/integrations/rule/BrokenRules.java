package dev.sea.integrations.rule;

import dev.sea.integrations.RuleViolation;
import jakarta.validation.ConstraintValidatorContext;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.validator.constraintvalidation.HibernateConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** Turns each {@link RuleViolation} into a violation of a constraint, which carries it as its payload. */
public final class BrokenRules {
    private final HibernateConstraintValidatorContext context;
    private boolean none = true;

    public BrokenRules(ConstraintValidatorContext context) {
        this.context = context.unwrap(HibernateConstraintValidatorContext.class);
        context.disableDefaultConstraintViolation();
    }

    /** The value; empty if there is no text, or if the text breaks a rule of the value, which another constraint reports. */
    public static <T> Optional<T> value(@Nullable String text, Function<String, T> maker) {
        try {
            return Optional.ofNullable(text).map(maker);
        } catch (RuleViolation reportedElsewhere) {
            return Optional.empty();
        }
    }

    /** The value; empty if it breaks a rule, which then counts against what the constraint is on. */
    <T> Optional<T> kept(Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (RuleViolation violation) {
            builder(violation).addConstraintViolation();
            return Optional.empty();
        }
    }

    /** The value; empty if it breaks a rule, which then counts against this member. */
    public <T> Optional<T> kept(String member, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (RuleViolation violation) {
            add(member, violation);
            return Optional.empty();
        }
    }

    /** Counts a broken rule against a member. */
    public void add(String member, RuleViolation violation) {
        builder(violation).addPropertyNode(member).addConstraintViolation();
    }

    /** Whether no rule is broken so far. */
    public boolean none() {
        return none;
    }

    private ConstraintValidatorContext.ConstraintViolationBuilder builder(RuleViolation violation) {
        none = false;
        // The message is no template.
        return context.withDynamicPayload(violation)
                .buildConstraintViolationWithTemplate(violation.getMessage().replaceAll("[\\\\{}$]", "\\\\$0"));
    }
}
