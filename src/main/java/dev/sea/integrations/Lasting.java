package dev.sea.integrations;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A duration between two, in ISO 8601. Null is allowed. */
@Documented
@Constraint(validatedBy = Lasting.Measured.class)
@Target({ElementType.METHOD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Lasting {
    String least();

    String most();

    String message() default "must be from {least} to {most}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The check that Hibernate Validator runs. */
    final class Measured implements ConstraintValidator<Lasting, Duration> {
        private Duration least = Duration.ZERO;
        private Duration most = Duration.ZERO;

        @Override
        public void initialize(Lasting constraint) {
            least = Duration.parse(constraint.least());
            most = Duration.parse(constraint.most());
        }

        @Override
        public boolean isValid(@Nullable Duration duration, ConstraintValidatorContext context) {
            return duration == null || (least.compareTo(duration) <= 0 && duration.compareTo(most) <= 0);
        }
    }
}
