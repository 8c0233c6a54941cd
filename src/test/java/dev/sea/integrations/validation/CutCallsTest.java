package dev.sea.integrations.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.Deadline;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.probe.AnsweringServer;
import dev.sea.integrations.probe.AnsweringServer.Canned;
import dev.sea.integrations.probe.ParallelCalls;
import dev.sea.integrations.report.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** A call whose time is over tells what AWS answered last; it timed out only where AWS never answered. */
class CutCallsTest {
    private static final Duration AMPLE = Duration.ofMinutes(1);
    private static final Canned IDENTITY = Canned.of(
            200,
            Map.of("x-amzn-RequestId", "REQ1", "Content-Type", "text/xml"),
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>"
                    + "<Account>222233334444</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
    private static final Canned THROTTLED = Canned.stsError(400, "Throttling", "Rate exceeded");

    private final AnsweringServer server = new AnsweringServer();

    @BeforeEach
    void onceInPeace() {
        server.answer(IDENTITY);
        assertThat(ask(AMPLE, AMPLE).refusal()).isEmpty();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aPauseThatOutlivesTheCallIsNotMade() {
        server.answer(THROTTLED.with("Retry-After", "3600"));

        assertToldAtOnce(ask(AMPLE, AMPLE.multipliedBy(2)));
    }

    @Test
    void aPauseThatOutlivesTheValidationIsNotMade() {
        server.answer(THROTTLED.with("Retry-After", "90"));

        assertToldAtOnce(ask(AMPLE.multipliedBy(2), AMPLE));
    }

    @Test
    void anAttemptThatIsCutAfterAThrottleWasThrottled() {
        server.answer(List.of(THROTTLED, Canned.SILENCE));

        assertThat(codeOf(ask(Duration.ofSeconds(4), AMPLE))).isEqualTo(FailureCode.THROTTLED);
    }

    @Test
    void aQuestionThatTheDeadlineCutsAfterAThrottleWasThrottled() {
        server.answer(List.of(THROTTLED, Canned.SILENCE));

        assertThat(codeOf(ask(AMPLE, Duration.ofSeconds(3)))).isEqualTo(FailureCode.THROTTLED);
    }

    @Test
    void aCallThatAwsNeverAnswersTimesOut() {
        server.answer(Canned.SILENCE);

        assertThat(codeOf(ask(Duration.ofSeconds(1), AMPLE))).isEqualTo(FailureCode.TIMED_OUT);
        assertThat(codeOf(ask(AMPLE, Duration.ofSeconds(1)))).isEqualTo(FailureCode.TIMED_OUT);
    }

    @Test
    void theAnswersOfAnEarlierCallDoNotCount() {
        server.answer(List.of(THROTTLED, IDENTITY, Canned.SILENCE));

        assertThat(codeOf(ask(AMPLE, Duration.ofSeconds(4), 2))).isEqualTo(FailureCode.TIMED_OUT);
    }

    private static FailureCode codeOf(Answer<GetCallerIdentityResponse> answer) {
        return answer.refusal().orElseThrow().code();
    }

    private static void assertToldAtOnce(Answer<GetCallerIdentityResponse> answer) {
        assertThat(codeOf(answer)).isEqualTo(FailureCode.THROTTLED);
        assertThat(answer.took()).isLessThan(AMPLE.dividedBy(2));
    }

    private Answer<GetCallerIdentityResponse> ask(Duration callTimeout, Duration budget) {
        return ask(callTimeout, budget, 1);
    }

    /** The answer to the last of so many calls, which one question makes one after another. */
    private Answer<GetCallerIdentityResponse> ask(Duration callTimeout, Duration budget, int calls) {
        RegionalClients clients = new RegionalClients(TestValidator.config(Map.of(
                "sea.local-aws.endpoint", server.address().toString(),
                "sea.validation.call-timeout", callTimeout.toString())));
        StsClient sts = clients.sts("us-east-1");
        Supplier<Answer<GetCallerIdentityResponse>> call = () -> Answer.to(
                () -> sts.getCallerIdentity(), response -> response.account().equals("222233334444"));
        try (ParallelCalls parallel = new ParallelCalls(Deadline.in(budget))) {
            return parallel.ask(() -> {
                        for (int before = 1; before < calls; before++) {
                            assertThat(call.get().refusal()).isEmpty();
                        }
                        return call.get();
                    })
                    .await();
        }
    }
}
