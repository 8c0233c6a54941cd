package dev.sea.integrations.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Customer;
import org.junit.jupiter.api.Test;

class HealthyAccessTest {
    @Test
    void aRoleSetUpBySeasProcedureIsHealthy() {
        ValidationReport report = TestValidator.USUAL.validate(TestValidator.draft(Customer.healthy()));

        Outcomes.ofRole().areThoseOf(Status.HEALTHY, report);
        assertThat(report.retryAfter()).isEmpty();
    }
}
