package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.Outcomes.failure;
import static dev.sea.integrations.validation.TestValidator.draft;
import static dev.sea.integrations.validation.TestValidator.draftWithKeys;
import static dev.sea.integrations.validation.TestValidator.inItsRegion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** IAM takes its time to spread a change: what is new is waited for, what is wrong is not. */
class SpreadingChangesTest {
    private static final String NO_PUT = Customer.PERMISSIONS.replace("\"s3:PutObject\"", "\"s3:PutObjectTagging\"");

    /** More patience than any test needs. */
    private static final Duration LONG = Duration.ofSeconds(40);

    private final TestClock clock = new TestClock();
    private final TestValidator validator = TestValidator.with(clock, Map.of());

    @Test
    void aRoleThatStartsToWorkMeanwhileIsHealthyAtOnce() throws InterruptedException {
        Customer customer = Customer.healthy();
        String role = customer.name("roleArn");
        LocalAws.refuseRole(role, (double) LONG.toSeconds());
        Thread mends = onceRefused("AssumeRole", "roleArn", role, () -> LocalAws.refuseRole(role, 0));

        ValidationReport report = patient().validate(draft(customer));

        mends.join();
        Outcomes.ofRole().areThoseOf(Status.HEALTHY, report);
        assertThat(report.duration()).isLessThan(LONG.dividedBy(2));
        assertThat(seenItems(customer)).isEmpty();
    }

    @Test
    void anAccessKeyThatStsKnowsMeanwhileIsHealthyAtOnce() throws InterruptedException {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        String key = customer.name("accessKeyId");
        LocalAws.hideKey(key, LONG.toSeconds());
        Thread mends = onceRefused("GetCallerIdentity", "accessKeyId", key, () -> LocalAws.hideKey(key, 0));

        ValidationReport report = patient().validate(draftWithKeys(customer));

        mends.join();
        Outcomes.ofKeys().areThoseOf(Status.HEALTHY, report);
        assertThat(report.duration()).isLessThan(LONG.dividedBy(2));
        assertThat(seenItems(customer)).isEmpty();
    }

    @Test
    void anAccessKeyThatTheBucketsRegionKnowsMeanwhileIsHealthyAtOnce() throws InterruptedException {
        Customer customer = new Customer().in("eu-west-1").withBucket().withUser(Customer.PERMISSIONS);
        String key = customer.name("accessKeyId");
        LocalAws.hideKey(key, LONG.toSeconds(), "us-east-1");
        Thread mends = onceRefused("PutObject", "accessKeyId", key, () -> LocalAws.hideKey(key, 0));

        ValidationReport report = patient().validate(inItsRegion(customer, draftWithKeys(customer)));

        mends.join();
        Outcomes.ofKeys().areThoseOf(Status.HEALTHY, report);
        assertThat(report.duration()).isLessThan(LONG.dividedBy(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu-west-1", "ap-east-1"})
    void anAccessKeyThatOnlyStsKnowsIsPropagatingUntilTheWindowIsOver(String region) {
        Customer customer = new Customer().in(region).withBucket().withUser(Customer.PERMISSIONS);
        LocalAws.hideKey(customer.name("accessKeyId"), LONG.toSeconds(), "us-east-1");
        Outcomes expected = Outcomes.withoutCredentials("PASSED").but(CheckId.LEAST_PRIVILEGE, "SKIPPED");
        for (CheckId check : List.of(CheckId.LIST, CheckId.PUT, CheckId.GET, CheckId.TAGGING)) {
            expected.failing(check, FailureCode.INVALID_ACCESS_KEY);
        }

        Subject subject = inItsRegion(customer, draftWithKeys(customer));
        ValidationReport first = validator.validate(subject);

        expected.areThoseOf(Status.PROPAGATING, first);
        boolean isOptIn = region.equals("ap-east-1");
        assertThat(failure(first, CheckId.PUT).remedy().text())
                .contains("just made")
                .satisfies(text -> assertThat(text.contains("Enable region")).isEqualTo(isOptIn));

        clock.advance(Duration.ofMinutes(3));

        expected.areThoseOf(Status.UNHEALTHY, validator.validate(subject));
    }

    @Test
    void anAccessKeyThatOnlyKmsDoesNotKnowIsPropagating() {
        Customer customer = new Customer().withBucket().withKey().withEncryptedBucket();
        customer.withUser(Customer.PERMISSIONS_WITH_KMS);

        ValidationReport report;
        try (LocalAws.Fault _ = LocalAws.error(
                400,
                "UnrecognizedClientException",
                "kms",
                "*",
                Map.of("accessKeyId", customer.name("accessKeyId")),
                100)) {
            report = validator.validate(draftWithKeys(customer));
        }

        Outcomes.ofKeys().failing(CheckId.KMS, FailureCode.INVALID_ACCESS_KEY).areThoseOf(Status.PROPAGATING, report);
    }

    @Test
    void onlyWhatWasDeniedIsTriedAgain() {
        TestValidator patient = TestValidator.with(clock, Map.of("sea.validation.propagation-patience", "600ms"));
        Customer customer = Customer.healthy().withPermissions(NO_PUT);
        long before = System.currentTimeMillis();

        ValidationReport report = patient.validate(draft(customer));

        assertThat(report.status()).isEqualTo(Status.PROPAGATING);
        assertThat(operations(before, "bucket", customer.name("bucket")))
                .filteredOn("PutObject"::equals)
                .as("each time without a condition and with one")
                .hasSizeBetween(4, 6);
        assertThat(operations(before, "bucket", customer.name("bucket")))
                .filteredOn(operation -> !operation.equals("PutObject"))
                .containsExactlyInAnyOrder("HeadBucket", "ListObjectsV2", "GetObject", "GetObject", "GetObjectTagging");
        assertThat(operations(before, "roleArn", customer.name("roleArn"))).hasSize(5);
    }

    @Test
    void aPermissionThatArrivesMeanwhileIsFollowedByWhatItMakesPossible() throws InterruptedException {
        Customer customer = Customer.healthy().withPermissions("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjectTagging"],
                 "Resource": "arn:aws:s3:::${bucket}/*"}]}""");
        Thread mends = onceRefused(
                "PutObject", "bucket", customer.name("bucket"), () -> customer.withPermissions(Customer.PERMISSIONS));

        ValidationReport report = patient().validate(draft(customer));

        mends.join();
        Outcomes.ofRole().areThoseOf(Status.HEALTHY, report);
    }

    @Test
    void aRoleThatStartsLaterIsPropagatingUntilItIsAskedAgain() {
        Customer customer = Customer.healthy();
        LocalAws.refuseRole(customer.name("roleArn"), 60);

        ValidationReport first = validator.validate(draft(customer));

        Outcomes.withoutCredentials("FAILED TRUST_POLICY_DENIED").areThoseOf(Status.PROPAGATING, first);
        assertThat(first.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(seenItems(customer)).hasSize(1);

        clock.advance(Duration.ofSeconds(61));
        LocalAws.refuseRole(customer.name("roleArn"), 0);

        Outcomes.ofRole().areThoseOf(Status.HEALTHY, validator.validate(draft(customer)));
        assertThat(seenItems(customer)).isEmpty();
    }

    @Test
    void aRoleThatNeverWorksIsUnhealthyOnceTheWindowIsOver() {
        Customer customer = Customer.healthy().withPermissions(NO_PUT);

        assertThat(validator.validate(draft(customer)).status()).isEqualTo(Status.PROPAGATING);
        clock.advance(Duration.ofSeconds(110));
        ValidationReport late = validator.validate(draft(customer));
        assertThat(late.status()).isEqualTo(Status.PROPAGATING);
        assertThat(late.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(11));

        ValidationReport over = validator.validate(draft(customer));

        Outcomes.ofRole()
                .failing(CheckId.PUT, FailureCode.IDENTITY_POLICY_MISSING)
                .areThoseOf(Status.UNHEALTHY, over);
        assertThat(over.retryAfter()).isEmpty();
    }

    @Test
    void onceTheWindowIsOverNothingIsTriedAgain() {
        Customer customer = Customer.healthy().withPermissions(NO_PUT);
        validator.validate(draft(customer));
        clock.advance(Duration.ofMinutes(3));
        long before = System.currentTimeMillis();

        assertThat(patient().validate(draft(customer)).status()).isEqualTo(Status.UNHEALTHY);
        assertThat(operations(before, "bucket", customer.name("bucket")))
                .filteredOn("PutObject"::equals)
                .as("without a condition and with one")
                .hasSize(2);
    }

    @Test
    void anotherSetOfDeniedChecksStartsTheWindowAnew() {
        Customer customer = Customer.healthy().withPermissions(NO_PUT);
        validator.validate(draft(customer));
        clock.advance(Duration.ofMinutes(3));
        assertThat(validator.validate(draft(customer)).status()).isEqualTo(Status.UNHEALTHY);

        customer.withPermissions(Customer.PERMISSIONS.replace("\"s3:GetObjectTagging\"", "\"s3:GetObjectAcl\""));

        assertThat(validator.validate(draft(customer)).status()).isEqualTo(Status.PROPAGATING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT16M", "PT1H", "PT24H"})
    void aDenialThatIsAskedAboutNowAndThenIsNotNewEachTime(Duration pause) {
        Customer customer = Customer.healthy().withPermissions(NO_PUT);
        assertThat(validator.validate(draft(customer)).status()).isEqualTo(Status.PROPAGATING);

        for (int i = 0; i < 4; i++) {
            clock.advance(pause);
            assertThat(validator.validate(draft(customer)).status()).isEqualTo(Status.UNHEALTHY);
        }
    }

    @Test
    void aDenialThatNobodyAskedAboutForTwoDaysIsForgotten() {
        Customer customer = Customer.healthy().withPermissions(NO_PUT);
        validator.validate(draft(customer));
        clock.advance(Duration.ofHours(49));

        assertThat(validator.validate(draft(customer)).status()).isEqualTo(Status.PROPAGATING);
    }

    @Test
    void aDenialIsRememberedForTheWholeWindow() {
        TestValidator slow = TestValidator.with(clock, Map.of("sea.validation.propagation-window", "72h"));
        Customer customer = Customer.healthy().withPermissions(NO_PUT);
        slow.validate(draft(customer));
        clock.advance(Duration.ofHours(71));
        assertThat(slow.validate(draft(customer)).status()).isEqualTo(Status.PROPAGATING);
        clock.advance(Duration.ofHours(2));

        assertThat(slow.validate(draft(customer)).status()).isEqualTo(Status.UNHEALTHY);
    }

    @Test
    void whatWaitingCannotMendIsUnhealthyAtOnceAndNotTriedAgain() {
        Customer customer =
                Customer.healthy().withTrust(Customer.TRUST.replace("StringEquals", "StringEqualsIfExists"));
        long before = System.currentTimeMillis();

        ValidationReport report = patient().validate(draft(customer));

        assertThat(report.status()).isEqualTo(Status.UNHEALTHY);
        assertThat(report.retryAfter()).isEmpty();
        assertThat(operations(before, "roleArn", customer.name("roleArn"))).hasSize(5);
        assertThat(seenItems(customer)).isEmpty();
    }

    @Test
    void onceItWasHealthyADenialIsAFailure() {
        Customer customer = Customer.healthy().withPermissions(NO_PUT);
        long before = System.currentTimeMillis();

        ValidationReport report = patient().validate(TestValidator.provedBefore(draft(customer)));

        assertThat(report.status()).isEqualTo(Status.UNHEALTHY);
        assertThat(operations(before, "bucket", customer.name("bucket")))
                .filteredOn("PutObject"::equals)
                .as("without a condition and with one")
                .hasSize(2);
        assertThat(seenItems(customer)).isEmpty();
    }

    @Test
    void nothingSecretIsRemembered() {
        Customer customer = new Customer().withBucket().withUser(NO_PUT);

        validator.validate(draftWithKeys(customer));

        assertThat(seenItems(customer)).hasSize(1);
        assertThat(seenItems(customer).toString())
                .doesNotContain(customer.name("secretAccessKey"))
                .doesNotContain(customer.name("accessKeyId"));
    }

    private static List<String> operations(long since, String fact, String value) {
        return LocalAws.calls(since, Map.of(fact, value)).stream()
                .map(LocalAws.Call::operation)
                .toList();
    }

    private static List<?> seenItems(Customer customer) {
        return Account.SERVICE
                .dynamoDb()
                .query(request -> request.tableName("local-sea-external-integrations")
                        .keyConditionExpression("PK = :tenant AND begins_with(SK, :seen)")
                        .expressionAttributeValues(Map.of(
                                ":tenant",
                                AttributeValue.fromS("TENANT#tenant-" + customer.name("run")),
                                ":seen",
                                AttributeValue.fromS("SEEN#"))))
                .items();
    }

    private TestValidator patient() {
        return TestValidator.with(
                clock,
                Map.of(
                        "sea.validation.propagation-patience", LONG.toString(),
                        "sea.validation.budget", LONG.multipliedBy(2).toString()));
    }

    /** Does something as soon as AWS has refused a call. */
    private static Thread onceRefused(String operation, String fact, String value, Runnable action) {
        long since = System.currentTimeMillis();
        return Thread.ofVirtual().start(() -> {
            while (LocalAws.calls(since, Map.of(fact, value, "operation", operation)).stream()
                    .noneMatch(call -> call.status() == 403)) {
                Thread.onSpinWait();
            }
            action.run();
        });
    }
}
