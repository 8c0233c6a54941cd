package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.TestValidator.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a validation costs in calls and time. */
class CallsTest {
    private static final double MOST = 1.25;
    /** So long that what a busy machine adds is little beside it. */
    private static final int LATENCY_MS = 400;

    @Test
    void aHealthyRoleCostsEachCallOnce() {
        Customer customer = Customer.healthy();

        Measured measured = measured(customer);
        assertThat(measured.calls())
                .extracting(LocalAws.Call::operation)
                .containsExactlyInAnyOrder(
                        "GetItem",
                        "AssumeRole",
                        "AssumeRole",
                        "AssumeRole",
                        "AssumeRole",
                        "AssumeRole",
                        "HeadBucket",
                        "ListObjectsV2",
                        "PutObject",
                        "GetObject",
                        "GetObject",
                        "GetObjectTagging");
        assertThat(measured.calls())
                .filteredOn(LocalAws.Call::isPresigned)
                .as("read by a presigned URL")
                .singleElement()
                .satisfies(call -> assertThat(call.operation()).isEqualTo("GetObject"));
    }

    @Test
    void theTimeIsThatOfTheLongestChainOfCalls() {
        Customer customer = Customer.healthy();
        for (int warm = 0; warm < 5; warm++) {
            measured(customer);
        }
        double best = Double.MAX_VALUE;
        try (var _ = LocalAws.latency(LATENCY_MS)) {
            for (int tries = 0; tries < 20 && best > MOST; tries++) {
                Measured measured = measured(customer);
                double chain = took(measured, "AssumeRole") + took(measured, "PutObject") + took(measured, "GetObject");
                best = Math.min(best, measured.report().duration().toMillis() / chain);
            }
        }

        assertThat(best).as("time of a validation to its critical path").isLessThanOrEqualTo(MOST);
    }

    @Test
    void anEncryptedBucketCostsTwoDryRunsBesideGet() {
        Customer customer = new Customer()
                .withKey()
                .withBucket()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
        long before = System.currentTimeMillis();

        assertThat(TestValidator.USUAL.validate(draft(customer)).status()).isEqualTo(Status.HEALTHY);

        assertThat(LocalAws.calls(before, Map.of("keyId", customer.name("keyArn"))))
                .extracting(LocalAws.Call::operation)
                .containsExactlyInAnyOrder("GenerateDataKey", "Encrypt");
    }

    private static double took(Measured measured, String operation) {
        return measured.calls().stream()
                .filter(call -> call.operation().equals(operation) && call.status() == 200)
                .mapToDouble(call -> call.end() - call.start())
                .findFirst()
                .orElseThrow();
    }

    private static Measured measured(Customer customer) {
        long before = System.currentTimeMillis();
        ValidationReport report = TestValidator.USUAL.validate(draft(customer));
        assertThat(report.status()).isEqualTo(Status.HEALTHY);
        List<LocalAws.Call> calls =
                new ArrayList<>(LocalAws.calls(before, Map.of("roleArn", customer.name("roleArn"))));
        calls.addAll(LocalAws.calls(before, Map.of("bucket", customer.name("bucket"))));
        calls.addAll(LocalAws.calls(before, Map.of("service", "dynamodb")));
        return new Measured(report, calls);
    }

    private record Measured(ValidationReport report, List<LocalAws.Call> calls) {}
}
