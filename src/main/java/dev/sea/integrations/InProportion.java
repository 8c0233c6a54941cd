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

/** A group of the configuration whose durations fit each other. */
@Documented
@Constraint(validatedBy = {InProportion.OfValidation.class, InProportion.OfSchedule.class})
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface InProportion {
    String message();

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** What a validation does must fit into it. */
    final class OfValidation implements ConstraintValidator<InProportion, SeaConfig.Validation> {
        @Override
        public boolean isValid(SeaConfig.Validation validation, ConstraintValidatorContext context) {
            return validation.callTimeout().compareTo(validation.budget()) <= 0
                    && validation.propagationPatience().compareTo(validation.budget()) <= 0;
        }
    }

    /** A healthy integration is proved once in an interval. Of two, one may be lost. */
    final class OfSchedule implements ConstraintValidator<InProportion, ScheduleConfig> {
        @Override
        public boolean isValid(ScheduleConfig schedule, ConstraintValidatorContext context) {
            return schedule.staleAfter().compareTo(schedule.healthyInterval().multipliedBy(2)) >= 0;
        }
    }
}
