package dev.sea.integrations.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Failed;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import dev.sea.integrations.report.Outcome.Unknown;
import dev.sea.integrations.report.Outcome.Warning;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Status;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** All outcomes of a report at once, so that a test says what is wrong and with that what is right. */
final class Outcomes {
    /** The checks of every report. */
    private static final Set<CheckId> OF_ALL = EnumSet.complementOf(EnumSet.of(CheckId.EARLIER_RECORDINGS));

    private final Map<CheckId, String> expected = new EnumMap<>(CheckId.class);

    private Outcomes() {
        for (CheckId id : OF_ALL) {
            expected.put(id, "PASSED");
        }
        but(CheckId.KMS, "SKIPPED");
    }

    static Outcomes ofRole() {
        return new Outcomes().but(CheckId.LEAST_PRIVILEGE, "SKIPPED");
    }

    static Outcomes ofKeys() {
        return new Outcomes().but(CheckId.EXTERNAL_ID_ENFORCED, "SKIPPED");
    }

    /** Nothing was tried without credentials. */
    static Outcomes withoutCredentials(String outcome) {
        Outcomes outcomes = new Outcomes();
        outcomes.expected.replaceAll((_, _) -> "SKIPPED");
        return outcomes.but(CheckId.CREDENTIALS, outcome);
    }

    /** Nothing was tried with the credentials, since others may be able to have the role used. */
    static Outcomes unguarded(String outcome) {
        return withoutCredentials("PASSED").but(CheckId.EXTERNAL_ID_ENFORCED, outcome);
    }

    /** No policy allows any call on the bucket or the object. */
    Outcomes withoutPermissions() {
        return but(CheckId.BUCKET, "SKIPPED")
                .failing(CheckId.LIST, FailureCode.IDENTITY_POLICY_MISSING)
                .failing(CheckId.PUT, FailureCode.IDENTITY_POLICY_MISSING)
                .failing(CheckId.GET, FailureCode.IDENTITY_POLICY_MISSING)
                .failing(CheckId.TAGGING, FailureCode.IDENTITY_POLICY_MISSING);
    }

    /** What is left out of a light validation. */
    Outcomes lightly() {
        return but(CheckId.EXTERNAL_ID_ENFORCED, "SKIPPED").but(CheckId.PRESIGNED, "SKIPPED");
    }

    /** Where {@code get} does not pass, {@code presigned} shows nothing. */
    Outcomes but(CheckId id, String outcome) {
        expected.put(id, outcome);
        if (id == CheckId.GET) {
            expected.put(CheckId.PRESIGNED, "SKIPPED");
        }
        return this;
    }

    Outcomes failing(CheckId id, FailureCode code) {
        return but(id, "FAILED " + code);
    }

    Outcomes unknown(CheckId id, FailureCode code) {
        return but(id, "UNKNOWN " + code);
    }

    void areThoseOf(ValidationReport report) {
        Map<CheckId, String> seen = new EnumMap<>(CheckId.class);
        report.checks().forEach(check -> seen.put(check.id(), inWords(check.outcome())));
        assertThat(seen).as("%s", report).isEqualTo(expected);
        assertThat(report.checks()).extracting(Check::id).containsExactlyElementsOf(OF_ALL);
    }

    void areThoseOf(Status status, ValidationReport report) {
        areThoseOf(report);
        assertThat(report.status()).isEqualTo(status);
    }

    static Failed failure(ValidationReport report, CheckId id) {
        assertThat(check(report, id).outcome()).isInstanceOf(Failed.class);
        return (Failed) check(report, id).outcome();
    }

    static Statement statement(ValidationReport report, CheckId id) {
        return failure(report, id).remedy().statement().orElseThrow();
    }

    static Check check(ValidationReport report, CheckId id) {
        return report.checks().stream()
                .filter(check -> check.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private static String inWords(Outcome outcome) {
        return switch (outcome) {
            case Passed _ -> "PASSED";
            case Failed failed -> "FAILED " + failed.code();
            case Warning warning -> "WARNING " + warning.code();
            case Skipped _ -> "SKIPPED";
            case Unknown unknown -> "UNKNOWN " + unknown.code();
        };
    }
}
