package dev.sea.integrations.input;

import dev.sea.integrations.rule.BrokenRules;
import jakarta.enterprise.context.Dependent;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A record of input with rules that need more than one member, or this deployment. */
@Documented
@Constraint(validatedBy = AcrossMembers.Asked.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AcrossMembers {
    /** Not used: the record says what is wrong. */
    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The record. */
    interface Input {
        /** Reports the rules that the members break together. Each member may be null or break rules of its own. */
        void check(Deployment deployment, BrokenRules broken);
    }

    /** Asks the record. */
    @Dependent
    final class Asked implements ConstraintValidator<AcrossMembers, Input> {
        private final Deployment deployment;

        Asked(Deployment deployment) {
            this.deployment = deployment;
        }

        @Override
        public boolean isValid(Input input, ConstraintValidatorContext context) {
            BrokenRules broken = new BrokenRules(context);
            input.check(deployment, broken);
            return broken.none();
        }
    }
}
