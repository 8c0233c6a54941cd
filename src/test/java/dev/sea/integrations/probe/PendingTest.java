package dev.sea.integrations.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.Deadline;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.client.Attempts;
import dev.sea.integrations.report.FailureCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PendingTest {
    private static final Deadline OVER = Deadline.in(Duration.ZERO);
    private static final Pending<String> NEVER = pending(new CompletableFuture<>());

    private static Pending<String> pending(CompletableFuture<Answer<String>> answer) {
        return new Pending<>(answer, OVER, new Attempts(OVER::left));
    }

    private static Pending<String> done(Answer<String> answer) {
        return pending(CompletableFuture.completedFuture(answer));
    }

    private static Answer<String> refused(FailureCode code) {
        return new Answer.Refused<>(AwsFailure.own(code), Duration.ZERO);
    }

    private static Answer<String> given() {
        return new Answer.Given<>("bucket", Optional.empty(), Duration.ZERO);
    }

    @Test
    void whatTheDeadlineCutsTimedOut() {
        assertThat(NEVER.await().refusal()).contains(AwsFailure.CUT_OFF);
    }

    @Test
    void aSecondTryThatLearnsNothingLeavesTheFirstStanding() {
        Answer<String> denied = refused(FailureCode.ACCESS_DENIED);

        assertThat(NEVER.after(done(denied)).await()).isEqualTo(denied);
        assertThat(done(refused(FailureCode.THROTTLED)).after(done(denied)).await())
                .isEqualTo(denied);
    }

    @Test
    void aSecondTryThatLearnsSomethingCounts() {
        assertThat(done(given()).after(done(refused(FailureCode.ACCESS_DENIED))).await())
                .isEqualTo(given());
    }

    @Test
    void anEarlyAnswerThatStandsCountsWhateverTheDeadlineCuts() {
        assertThat(NEVER.unless(done(given()), () -> true).await()).isEqualTo(given());
    }

    @Test
    void anEarlyAnswerThatDoesNotStandIsNeverToldEvenIfTheLaterOneLearnsNothing() {
        assertThat(NEVER.unless(done(given()), () -> false).await().refusal()).contains(AwsFailure.CUT_OFF);
        assertThat(done(refused(FailureCode.THROTTLED))
                        .unless(done(given()), () -> false)
                        .await())
                .isEqualTo(refused(FailureCode.THROTTLED));
    }

    @Test
    void withoutFirstTryNothingStands() {
        assertThat(done(refused(FailureCode.THROTTLED)).after(Pending.unasked()).await())
                .isEqualTo(refused(FailureCode.THROTTLED));
    }
}
