package dev.sea.integrations.report;

import static dev.sea.integrations.report.FailureCode.ACCESS_DENIED;
import static dev.sea.integrations.report.FailureCode.EXTERNAL_ID_NOT_ENFORCED;
import static dev.sea.integrations.report.FailureCode.THROTTLED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.report.Outcome.Failed;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import dev.sea.integrations.report.Outcome.Unknown;
import dev.sea.integrations.report.Outcome.Warning;
import dev.sea.integrations.report.ValidationReport.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Outcome PASSED = new Passed("");
    private static final Outcome DENIED = new Failed(ACCESS_DENIED, "", Remedy.of(""));
    private static final Outcome BROKEN = new Failed(EXTERNAL_ID_NOT_ENFORCED, "", Remedy.of(""));
    private static final Outcome UNLEARNED = new Unknown(THROTTLED, "");

    private static Check check(CheckId id, boolean required, Outcome outcome) {
        return new Check(id, "", "", required, outcome, Duration.ZERO, Optional.empty());
    }

    private static Check put(Outcome outcome) {
        return check(CheckId.PUT, true, outcome);
    }

    private static Check get(Outcome outcome) {
        return check(CheckId.GET, true, outcome);
    }

    @Test
    void healthyWhenAllThatIsRequiredPassed() {
        assertThat(Verdict.of(List.of(put(PASSED), check(CheckId.KMS, false, new Skipped("")))))
                .isEqualTo(Status.HEALTHY);
    }

    @Test
    void whatIsNotRequiredNeverCounts() {
        Check warned = check(CheckId.LEAST_PRIVILEGE, false, new Warning(ACCESS_DENIED, "", Remedy.of("")));
        Check unlearned = check(CheckId.TAGGING, false, UNLEARNED);

        assertThat(Verdict.of(List.of(put(PASSED), warned, unlearned))).isEqualTo(Status.HEALTHY);
    }

    @Test
    void aFailureOutweighsWhatWasNotLearned() {
        assertThat(Verdict.of(List.of(put(DENIED), get(UNLEARNED)))).isEqualTo(Status.UNHEALTHY);
    }

    @Test
    void withoutFailureWhatWasNotLearnedLeavesTheVerdictOpen() {
        assertThat(Verdict.of(List.of(put(PASSED), get(UNLEARNED)))).isEqualTo(Status.UNKNOWN);
        assertThat(Verdict.of(List.of(put(PASSED), get(new Skipped(""))))).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void denialsMayBeSpreading() {
        assertThat(Verdict.maybeSpreading(List.of(put(DENIED), get(DENIED))))
                .containsExactlyInAnyOrder(CheckId.PUT, CheckId.GET);
    }

    @Test
    void nothingIsWaitedForOnceOneThingIsBroken() {
        assertThat(Verdict.maybeSpreading(List.of(put(DENIED), get(BROKEN)))).isEmpty();
    }

    @Test
    void denialsThatDoNotCountAreNotWaitedFor() {
        assertThat(Verdict.maybeSpreading(List.of(put(PASSED), check(CheckId.TAGGING, false, DENIED))))
                .isEmpty();
    }
}
