package dev.sea.integrations.validation;

import static dev.sea.integrations.validation.TestValidator.draft;
import static dev.sea.integrations.validation.TestValidator.draftWithKeys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong on the way, nothing is learned from it, and nothing else is judged by it. */
class OutagesTest {
    /** Beside the SDK's second attempt the JDK's HTTP client has its own, on a kept connection that breaks. */
    private static final int EVERY_ATTEMPT = 20;

    private static final Duration BUDGET = Duration.ofSeconds(20);
    /** Waits no longer for a silent call than a test can. */
    private static final TestValidator HASTY = limited(Duration.ofSeconds(4), BUDGET);
    /** Never comes to its limits, however busy the machine: for calls that fail by themselves. */
    private static final TestValidator PATIENT = limited(Duration.ofSeconds(60), Duration.ofSeconds(120));

    private static final Map<CheckId, String> CALLS = Map.of(
            CheckId.BUCKET, "s3 HeadBucket",
            CheckId.LIST, "s3 ListObjectsV2",
            CheckId.PUT, "s3 PutObject",
            CheckId.GET, "s3 GetObject",
            CheckId.TAGGING, "s3 GetObjectTagging",
            CheckId.KMS, "kms Encrypt");

    /** Side by side, since most of the time they wait: for a limit, or before another attempt. */
    private static final ExecutorService SIDE_BY_SIDE = Executors.newFixedThreadPool(4);

    private static final Map<Case, Future<ValidationReport>> FIRST = new HashMap<>();
    private static final Map<Case, Future<List<ValidationReport>>> LATER = new HashMap<>();

    private static final Duration BRIEF = Duration.ofSeconds(8);
    private static Future<ValidationReport> everythingHangs = new CompletableFuture<>();

    private static Customer customer = new Customer();

    /** What goes wrong, and what a validation is to call it. */
    record Case(CheckId id, String kind, FailureCode code) {
        @Override
        public String toString() {
            return id + " " + kind;
        }
    }

    /** A bucket for which every call is made. */
    private static Customer encrypted() {
        return new Customer()
                .withKey()
                .withBucket()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS)
                .withUser(Customer.PERMISSIONS_WITH_KMS);
    }

    @BeforeAll
    static void begin() {
        // Once in peace: what is tested then is the outage, not the first use of a client.
        customer = encrypted();
        PATIENT.validate(draft(customer));
        HASTY.validate(draft(customer));
        everythingHangs = SIDE_BY_SIDE.submit(OutagesTest::whileEverythingHangs);
        everyOutageOfEveryCall().forEach(it -> FIRST.put(it, SIDE_BY_SIDE.submit(() -> during(it))));
        everyOutageOfEveryCall().forEach(it -> LATER.put(it, SIDE_BY_SIDE.submit(() -> laterDuring(it))));
    }

    @AfterAll
    static void end() {
        SIDE_BY_SIDE.shutdownNow();
    }

    private static TestValidator limited(Duration call, Duration budget) {
        return TestValidator.with(
                InstantSource.system(),
                Map.of("sea.validation.call-timeout", call.toString(), "sea.validation.budget", budget.toString()));
    }

    private static TestValidator forOutage(String kind) {
        return kind.equals("hang") ? HASTY : PATIENT;
    }

    static Stream<Case> everyOutageOfEveryCall() {
        Map<String, FailureCode> outages = Map.of(
                "throttle", FailureCode.THROTTLED,
                "500", FailureCode.AWS_UNAVAILABLE,
                "reset", FailureCode.AWS_UNAVAILABLE,
                "no-http", FailureCode.AWS_UNAVAILABLE,
                "hang", FailureCode.TIMED_OUT,
                "html", FailureCode.UNEXPECTED_ANSWER,
                "empty", FailureCode.UNEXPECTED_ANSWER);
        return CALLS.keySet().stream()
                .sorted()
                .flatMap(id ->
                        outages.entrySet().stream().map(outage -> new Case(id, outage.getKey(), outage.getValue())));
    }

    private static ValidationReport during(Case it) {
        Customer own = encrypted();
        // From now on there is an object to read.
        PATIENT.validate(draft(own));
        try (var _ = fault(own, it.kind(), it.id())) {
            return forOutage(it.kind()).validate(draft(own));
        }
    }

    private static List<ValidationReport> laterDuring(Case it) {
        Customer own = encrypted();
        Subject later = TestValidator.afterPass(draft(own), PATIENT.prove(draft(own)));
        return Stream.of(Scope.values())
                .map(scope -> {
                    try (var _ = fault(own, it.kind(), it.id())) {
                        return forOutage(it.kind()).validate(later, scope);
                    }
                })
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyOutageOfEveryCall")
    void ofACall(Case it) throws InterruptedException, ExecutionException {
        assertOnly(it, Objects.requireNonNull(FIRST.get(it)).get());
    }

    /** It reads beside put, and learns as little from an outage. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("everyOutageOfEveryCall")
    void ofACallOfALaterValidation(Case it) throws InterruptedException, ExecutionException {
        List<ValidationReport> reports = Objects.requireNonNull(LATER.get(it)).get();

        assertThat(reports).extracting(ValidationReport::scope).containsExactly(Scope.values());
        reports.forEach(report -> assertOnly(it, report));
    }

    private static void assertOnly(Case it, ValidationReport report) {
        CheckId id = it.id();
        // A light put writes nothing, so only get shows the key.
        boolean showsKey = report.scope() == Scope.FULL || id != CheckId.GET;
        // HEAD's answers have no body that would tell a throttle from the rest.
        boolean untold = id == CheckId.BUCKET && it.code() == FailureCode.THROTTLED;
        Outcomes outcomes = report.scope() == Scope.FULL
                ? Outcomes.ofRole()
                : Outcomes.ofRole().lightly();
        outcomes.but(CheckId.KMS, showsKey ? "PASSED" : "SKIPPED")
                .unknown(id, untold ? FailureCode.AWS_UNAVAILABLE : it.code())
                .areThoseOf(Status.UNKNOWN, report);
        assertThat(report.duration()).as("ended by the call's own limit").isLessThan(BUDGET);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outagesOfSts")
    void ofTheCredentialsCall(String kind, FailureCode code) {
        Map<String, String> match = new HashMap<>(Map.of("roleArn", customer.name("roleArn")));
        try (var _ = LocalAws.fault(kind, "sts", "AssumeRole", match, EVERY_ATTEMPT)) {
            Outcomes.withoutCredentials("UNKNOWN " + code)
                    .areThoseOf(Status.UNKNOWN, forOutage(kind).validate(draft(customer)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outagesOfSts")
    void ofTheNegativeProof(String kind, FailureCode code) {
        Map<String, String> match = Map.of("roleArn", customer.name("roleArn"), "externalId", "");
        try (var _ = LocalAws.fault(kind, "sts", "AssumeRole", match, EVERY_ATTEMPT)) {
            Outcomes.unguarded("UNKNOWN " + code)
                    .areThoseOf(Status.UNKNOWN, forOutage(kind).validate(draft(customer)));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outagesOfSts")
    void ofTheIdentityOfKeys(String kind, FailureCode code) {
        Map<String, String> match = Map.of("accessKeyId", customer.name("accessKeyId"));
        try (var _ = LocalAws.fault(kind, "sts", "GetCallerIdentity", match, EVERY_ATTEMPT)) {
            Outcomes.withoutCredentials("UNKNOWN " + code)
                    .areThoseOf(Status.UNKNOWN, forOutage(kind).validate(draftWithKeys(customer)));
        }
    }

    static List<Arguments> outagesOfSts() {
        return List.of(
                arguments("throttle", FailureCode.THROTTLED),
                arguments("500", FailureCode.AWS_UNAVAILABLE),
                arguments("reset", FailureCode.AWS_UNAVAILABLE),
                arguments("no-http", FailureCode.AWS_UNAVAILABLE),
                arguments("hang", FailureCode.TIMED_OUT),
                arguments("html", FailureCode.UNEXPECTED_ANSWER),
                arguments("empty", FailureCode.UNEXPECTED_ANSWER));
    }

    @ParameterizedTest
    @MethodSource("callsWithABody")
    void aBodyThatStopsHalfWayTeachesNothing(CheckId id) {
        ValidationReport report;
        try (var _ = fault(customer, "truncate", id)) {
            report = PATIENT.validate(draft(customer));
        }

        assertThat(Outcomes.check(report, id).outcome()).isInstanceOf(Outcome.Unknown.class);
        assertThat(report.status()).isEqualTo(Status.UNKNOWN);
    }

    static List<CheckId> callsWithABody() {
        return List.of(CheckId.LIST, CheckId.GET, CheckId.TAGGING);
    }

    @Test
    void aCallThatFailsOnceIsTriedAgain() {
        try (var _ = LocalAws.fault("500", "s3", "PutObject", Map.of("bucket", customer.name("bucket")), 1)) {
            Outcomes.ofRole().but(CheckId.KMS, "PASSED").areThoseOf(Status.HEALTHY, PATIENT.validate(draft(customer)));
        }
    }

    @Test
    void refusalsThatAreNoDenialsAreNotTakenForThem() {
        for (String code : List.of("InvalidObjectState", "RequestTimeTooSkewed")) {
            Map<String, String> bucket = Map.of("bucket", customer.name("bucket"));
            try (var _ = LocalAws.error(403, code, "s3", "GetObject", bucket, EVERY_ATTEMPT)) {
                Outcomes.ofRole()
                        .but(CheckId.KMS, "PASSED")
                        .unknown(CheckId.GET, FailureCode.UNEXPECTED_ANSWER)
                        .areThoseOf(Status.UNKNOWN, PATIENT.validate(draft(customer)));
            }
        }
    }

    @Test
    void theReportComesWithinTheBudgetWhateverHangs() throws InterruptedException, ExecutionException {
        ValidationReport report = everythingHangs.get();

        assertThat(report.duration()).isLessThan(BRIEF.multipliedBy(3));
        assertThat(Outcomes.check(report, CheckId.PUT).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.code()).isEqualTo(FailureCode.TIMED_OUT));
        assertThat(report.status()).isEqualTo(Status.UNKNOWN);
    }

    private static ValidationReport whileEverythingHangs() {
        Customer own = encrypted();
        TestValidator brief = limited(BRIEF.multipliedBy(6), BRIEF);
        brief.validate(draft(own));
        try (var _ = LocalAws.fault("hang", "s3", "*", Map.of("bucket", own.name("bucket")), 100)) {
            return brief.validate(draft(own));
        }
    }

    private static LocalAws.Fault fault(Customer customer, String kind, CheckId id) {
        String[] call = CALLS.getOrDefault(id, "").split(" ", 2);
        Map<String, String> match = id == CheckId.KMS
                ? Map.of("keyId", customer.name("keyArn"))
                : Map.of("bucket", customer.name("bucket"));
        return LocalAws.fault(kind, call[0], call[1], match, EVERY_ATTEMPT);
    }
}
