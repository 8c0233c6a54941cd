package dev.sea.integrations.client;

import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Tries again as another strategy says, but not if the pause would end after the call's time limit or that of the {@link
 * Attempts}. The call then fails at once with AWS's answer. The SDK alone would pause, cut the call off meanwhile, and report a
 * timeout.
 */
final class TimelyRetries implements RetryStrategy {
    private final RetryStrategy retries;
    private final Duration callTimeout;

    /** @param callTimeout the client's {@code apiCallTimeout} */
    TimelyRetries(RetryStrategy retries, Duration callTimeout) {
        this.retries = retries;
        this.callTimeout = callTimeout;
    }

    /** @param end by {@link System#nanoTime()} */
    private record Timed(RetryToken token, long end) implements RetryToken {

        static Timed of(RetryToken token) {
            if (token instanceof Timed timed) {
                return timed;
            }
            throw new IllegalArgumentException("a token of another strategy: " + token.getClass());
        }

        Timed with(RetryToken next) {
            return new Timed(next, end);
        }

        Duration left() {
            return Duration.ofNanos(end - System.nanoTime());
        }
    }

    @Override
    public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
        Attempts.current().forget();
        AcquireInitialTokenResponse first = retries.acquireInitialToken(request);
        return AcquireInitialTokenResponse.create(
                new Timed(first.token(), System.nanoTime() + callTimeout.toNanos()), first.delay());
    }

    @Override
    public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
        Timed timed = Timed.of(request.token());
        RefreshRetryTokenResponse next = next(request, timed);
        Attempts attempts = Attempts.current();
        if (request.failure() instanceof SdkServiceException answer) {
            attempts.answered(answer);
        }
        if (next.delay().compareTo(timed.left()) >= 0 || next.delay().compareTo(attempts.left()) >= 0) {
            throw new TokenAcquisitionFailedException(
                    "no time for a pause of " + next.delay(), timed.with(next.token()), request.failure());
        }
        return RefreshRetryTokenResponse.create(timed.with(next.token()), next.delay());
    }

    private RefreshRetryTokenResponse next(RefreshRetryTokenRequest request, Timed timed) {
        try {
            return retries.refreshRetryToken(
                    request.toBuilder().token(timed.token()).build());
        } catch (TokenAcquisitionFailedException refused) {
            throw new TokenAcquisitionFailedException(
                    String.valueOf(refused.getMessage()), timed.with(refused.token()), request.failure());
        }
    }

    @Override
    public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
        Attempts.current().forget();
        Timed timed = Timed.of(request.token());
        RecordSuccessResponse recorded = retries.recordSuccess(RecordSuccessRequest.create(timed.token()));
        return RecordSuccessResponse.create(timed.with(recorded.token()));
    }

    @Override
    public int maxAttempts() {
        return retries.maxAttempts();
    }

    /** False, so that the SDK does not add its own conditions: the other strategy has them already. */
    @Override
    public boolean useClientDefaults() {
        return false;
    }

    @Override
    public Builder<?, ?> toBuilder() {
        throw new UnsupportedOperationException("a client keeps the strategy that it was built with");
    }
}
