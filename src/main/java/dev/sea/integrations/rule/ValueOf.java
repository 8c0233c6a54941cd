package dev.sea.integrations.rule;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A text from which a value can be made. If the value refuses it, the violation has the value's code and message. Null is
 * allowed.
 */
@Documented
@Constraint(validatedBy = ValueOf.Asked.class)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface ValueOf {
    /** The value's type, one of those in {@link Values}. */
    Class<?> value();

    /** Not used: the value says what is wrong. */
    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Asks the value. */
    final class Asked implements ConstraintValidator<ValueOf, String> {
        private Function<String, ?> maker = Function.identity();

        @Override
        public void initialize(ValueOf constraint) {
            maker = Values.of(constraint.value()).maker();
        }

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            return text == null
                    || new BrokenRules(context).kept(() -> maker.apply(text)).isPresent();
        }
    }
}
