package dev.sea.integrations.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

class TimelyRetriesTest {
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration SHORTER = PAUSE.dividedBy(2);
    private static final Duration LONGER = PAUSE.multipliedBy(2);

    private final AwsServiceException throttled = answer(400, "Throttling");
    private final AwsServiceException broken = answer(500, "InternalError");
    private final AwsServiceException denied = answer(403, "AccessDenied");
    private final ApiCallAttemptTimeoutException silence = ApiCallAttemptTimeoutException.create(1_000);

    @Test
    void aPauseForWhichThereIsTimeIsMade() {
        Attempts attempts = lasting(LONGER);

        assertThat(attempts.during(() -> failed(retries(LONGER), throttled)).delay())
                .isEqualTo(PAUSE);
        assertThat(attempts.lastAnswer()).contains(throttled);
    }

    @Test
    void withoutTimeForThePauseTheFailureStands() {
        assertGivenUp(lasting(LONGER), retries(SHORTER));
        assertGivenUp(lasting(SHORTER), retries(LONGER));
    }

    @Test
    void whereNobodyAskedTheCallsOwnTimeCounts() {
        assertThat(failed(retries(LONGER), throttled).delay()).isEqualTo(PAUSE);
        assertThatThrownBy(() -> failed(retries(SHORTER), throttled))
                .isInstanceOf(TokenAcquisitionFailedException.class);
    }

    @Test
    void silenceIsNoAnswerAndTheLastAnswerCounts() {
        Attempts attempts = lasting(LONGER);

        attempts.during(() -> failed(retries(LONGER), throttled, broken, silence));

        assertThat(attempts.lastAnswer()).contains(broken);
    }

    @Test
    void whatMayNotBeTriedAgainIsLeftToTheStrategyBehind() {
        Attempts attempts = lasting(LONGER);

        assertThatThrownBy(() -> attempts.during(() -> failed(retries(LONGER), denied)))
                .isInstanceOf(TokenAcquisitionFailedException.class)
                .hasCause(denied);
        assertThat(attempts.lastAnswer()).isEmpty();
    }

    @Test
    void aSuccessAndANewCallForget() {
        TimelyRetries retries = retries(LONGER);
        Attempts attempts = lasting(LONGER);

        RetryToken token = attempts.during(() -> failed(retries, throttled)).token();
        attempts.during(() -> retries.recordSuccess(RecordSuccessRequest.create(token)));
        assertThat(attempts.lastAnswer()).isEmpty();

        attempts.during(() -> failed(retries, throttled));
        attempts.during(() -> retries.acquireInitialToken(AcquireInitialTokenRequest.create("GLOBAL")));
        assertThat(attempts.lastAnswer()).isEmpty();
    }

    private void assertGivenUp(Attempts attempts, TimelyRetries retries) {
        assertThatThrownBy(() -> attempts.during(() -> failed(retries, throttled)))
                .isInstanceOf(TokenAcquisitionFailedException.class)
                .hasCause(throttled);
    }

    private static Attempts lasting(Duration time) {
        return new Attempts(() -> time);
    }

    private static TimelyRetries retries(Duration callTimeout) {
        return new TimelyRetries(
                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(9)
                        .backoffStrategy(BackoffStrategy.fixedDelayWithoutJitter(PAUSE))
                        .throttlingBackoffStrategy(BackoffStrategy.fixedDelayWithoutJitter(PAUSE))
                        .build(),
                callTimeout);
    }

    /** What the strategy says to the last of these failures of one call. */
    private static RefreshRetryTokenResponse failed(TimelyRetries retries, Exception first, Exception... more) {
        RetryToken token = retries.acquireInitialToken(AcquireInitialTokenRequest.create("GLOBAL"))
                .token();
        RefreshRetryTokenResponse next = failed(retries, token, first);
        for (Exception failure : more) {
            next = failed(retries, next.token(), failure);
        }
        return next;
    }

    private static RefreshRetryTokenResponse failed(TimelyRetries retries, RetryToken token, Exception failure) {
        return retries.refreshRetryToken(RefreshRetryTokenRequest.builder()
                .token(token)
                .failure(failure)
                .suggestedDelay(Duration.ZERO)
                .build());
    }

    private static AwsServiceException answer(int status, String code) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }
}
