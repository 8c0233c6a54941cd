package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.TestValidator.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Held;
import dev.sea.integrations.testing.LocalAws;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S3 and KMS are asked nothing with a role that is not proved to be for this tenant alone. */
class NothingBeforeProofTest {
    private static final String OPEN = Customer.TRUST.replace("StringEquals", "StringEqualsIfExists");
    private static final int EVERY_ATTEMPT = 20;

    /** @param later whether an earlier validation passed, after which calls start sooner */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noCallToS3OrKmsStartsBeforeTheLastTryIsRefused(boolean later) {
        Customer customer = encrypted();
        Subject subject = later
                ? TestValidator.afterPass(draft(customer), TestValidator.USUAL.prove(draft(customer)))
                : draft(customer);
        long before = System.currentTimeMillis();

        ValidationReport report;
        try (var _ = LocalAws.delay(0.7, "sts", "AssumeRole", withoutExternalId(customer), 1)) {
            report = TestValidator.USUAL.validate(subject);
        }

        Outcomes.ofRole().but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, report);
        List<LocalAws.Call> tries = LocalAws.calls(before, Map.of("roleArn", customer.name("roleArn")));
        assertThat(tries).extracting(LocalAws.Call::status).containsExactlyInAnyOrder(200, 403, 403, 403, 403);
        double lastEnd = tries.stream().mapToDouble(LocalAws.Call::end).max().orElseThrow();
        assertThat(ofBucketAndKey(customer, before))
                .hasSizeGreaterThan(6)
                .allSatisfy(
                        call -> assertThat(call.start()).as(call.operation()).isGreaterThanOrEqualTo(lastEnd));
    }

    @Test
    void theTriesRunBesideTheOneForTheSession() {
        Customer customer = Customer.healthy();
        long before = System.currentTimeMillis();

        LocalAws.Fault delay =
                LocalAws.delay(10, "sts", "AssumeRole", Map.of("roleArn", customer.name("roleArn")), EVERY_ATTEMPT);
        try (var _ = Held.until(delay, () -> delay.used() == 5)) {
            TestValidator.USUAL.validate(draft(customer));
        }

        List<LocalAws.Call> tries = LocalAws.calls(before, Map.of("roleArn", customer.name("roleArn")));
        double lastStart =
                tries.stream().mapToDouble(LocalAws.Call::start).max().orElseThrow();
        assertThat(tries).hasSize(5).allSatisfy(call -> assertThat(call.end()).isGreaterThan(lastStart));
    }

    @Test
    void ofARoleThatIsOpenTheBucketIsNeitherTouchedNorTold() {
        Customer customer = encrypted().withTrust(OPEN);
        long before = System.currentTimeMillis();

        ValidationReport there = TestValidator.USUAL.validate(draft(customer));

        Outcomes.unguarded("FAILED EXTERNAL_ID_NOT_ENFORCED").areThoseOf(Status.UNHEALTHY, there);
        assertThat(ofBucketAndKey(customer, before)).isEmpty();
        assertThat(Account.CUSTOMER
                        .s3("us-east-1")
                        .listObjectsV2(r -> r.bucket(customer.name("bucket")))
                        .contents())
                .isEmpty();
        ValidationReport missing =
                TestValidator.USUAL.validate(draft(new Customer().withRole(OPEN, Customer.PERMISSIONS)));
        assertThat(afterTrust(there)).isEqualTo(afterTrust(missing));
        assertThat(afterTrust(there)).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Skipped.class));
    }

    @Test
    void ofARoleThatIsOpenOnlyNowNotEvenTheEarlierObjectIsRead() {
        Customer customer = encrypted();
        Subject later = TestValidator.afterPass(draft(customer), TestValidator.USUAL.prove(draft(customer)));
        customer.withTrust(OPEN);
        long before = System.currentTimeMillis();

        ValidationReport report = TestValidator.USUAL.validate(later);

        Outcomes.unguarded("FAILED EXTERNAL_ID_NOT_ENFORCED").areThoseOf(Status.UNHEALTHY, report);
        assertThat(ofBucketAndKey(customer, before)).isEmpty();
    }

    @Test
    void aTryThatNobodyAnsweredIsNoRefusal() {
        Customer customer = encrypted();
        long before = System.currentTimeMillis();

        ValidationReport report;
        try (var _ = LocalAws.fault("throttle", "sts", "AssumeRole", withoutExternalId(customer), EVERY_ATTEMPT)) {
            report = TestValidator.USUAL.validate(draft(customer));
        }

        Outcomes.unguarded("UNKNOWN THROTTLED").areThoseOf(Status.UNKNOWN, report);
        assertThat(ofBucketAndKey(customer, before)).isEmpty();
    }

    @Test
    void aLightValidationUsesTheSessionAtOnce() {
        Customer customer = encrypted();
        long before = System.currentTimeMillis();

        TestValidator.USUAL.validateLightly(draft(customer));

        assertThat(LocalAws.calls(before, Map.of("roleArn", customer.name("roleArn"))))
                .hasSize(1);
        assertThat(ofBucketAndKey(customer, before)).isNotEmpty();
    }

    @Test
    void aRoleThatSpreadsOnlyNowIsTriedAnewOnceItLetsSeaIn() throws InterruptedException {
        Customer customer = Customer.healthy().withTrust(OPEN);
        String role = customer.name("roleArn");
        Subject draft = draft(customer);
        LocalAws.refuseRole(role, 60);
        long before = System.currentTimeMillis();
        Thread spreads = Thread.ofVirtual().start(() -> {
            while (LocalAws.calls(before, Map.of("roleArn", role)).size() < 5) {
                Thread.onSpinWait();
            }
            LocalAws.refuseRole(role, 0);
        });

        ValidationReport report = TestValidator.with(
                        InstantSource.system(),
                        Map.of("sea.validation.propagation-patience", "20s", "sea.validation.budget", "40s"))
                .validate(draft);

        spreads.join();
        Outcomes.unguarded("FAILED EXTERNAL_ID_NOT_ENFORCED").areThoseOf(Status.UNHEALTHY, report);
        assertThat(LocalAws.calls(before, Map.of("bucket", customer.name("bucket"))))
                .isEmpty();
    }

    private static Customer encrypted() {
        return new Customer()
                .withKey()
                .withBucket()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
    }

    private static Map<String, String> withoutExternalId(Customer customer) {
        return Map.of("roleArn", customer.name("roleArn"), "externalId", "");
    }

    private static List<LocalAws.Call> ofBucketAndKey(Customer customer, long since) {
        List<LocalAws.Call> calls = new ArrayList<>(LocalAws.calls(since, Map.of("bucket", customer.name("bucket"))));
        calls.addAll(LocalAws.calls(since, Map.of("keyId", customer.name("keyArn"))));
        return calls;
    }

    private static List<Outcome> afterTrust(ValidationReport report) {
        return report.checks().stream().skip(2).map(Check::outcome).toList();
    }
}
