package dev.sea.integrations.call;

import dev.sea.integrations.client.Attempts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsResponse;

/** What came of one call to AWS, with the time that it took. */
public sealed interface Answer<T> {

    /** What the SDK gives for a missing request ID. */
    String NO_REQUEST_ID = "UNKNOWN";

    Duration took();

    /** AWS gave what was asked for. */
    record Given<T>(T value, Optional<String> requestId, Duration took) implements Answer<T> {}

    /** The call failed, whatever the reason: denied, throttled, cut off, or not answered as AWS answers. */
    record Refused<T>(AwsFailure failure, Duration took) implements Answer<T> {}

    /** There was no reason to ask. */
    record Unasked<T>() implements Answer<T> {
        @Override
        public Duration took() {
            return Duration.ZERO;
        }
    }

    /** Makes a call. Its answer counts as AWS's only if it has a request ID and passes the test. */
    static <T extends AwsResponse> Answer<T> to(Supplier<T> call, Predicate<T> genuine) {
        return to(call, Function.identity(), genuine, AwsFailure::of);
    }

    static <T> Answer<T> to(
            Supplier<T> call,
            Function<T, ? extends AwsResponse> response,
            Predicate<T> genuine,
            Function<RuntimeException, AwsFailure> classifier) {
        long start = System.nanoTime();
        try {
            T value = call.get();
            Optional<String> requestId = requestId(response.apply(value));
            return requestId.isPresent() && genuine.test(value)
                    ? new Given<>(value, requestId, since(start))
                    : new Refused<>(AwsFailure.UNEXPECTED, since(start));
        } catch (RuntimeException e) {
            AwsFailure failure = classifier.apply(e);
            boolean silence = failure.equals(AwsFailure.CUT_OFF);
            return new Refused<>(silence ? AwsFailure.cutOff(Attempts.current()) : failure, since(start));
        }
    }

    default <U> Answer<U> map(Function<T, U> function) {
        return switch (this) {
            case Given<T>(T value, Optional<String> requestId, Duration took) ->
                new Given<>(function.apply(value), requestId, took);
            case Refused<T>(AwsFailure failure, Duration took) -> new Refused<>(failure, took);
            case Unasked<T> _ -> new Unasked<>();
        };
    }

    default boolean isGiven() {
        return this instanceof Given<T>;
    }

    default Optional<T> given() {
        return this instanceof Given<T> given ? Optional.of(given.value()) : Optional.empty();
    }

    default Optional<AwsFailure> refusal() {
        return this instanceof Refused<T> refused ? Optional.of(refused.failure()) : Optional.empty();
    }

    default Optional<String> requestId() {
        return switch (this) {
            case Given<T> given -> given.requestId();
            case Refused<T> refused -> refused.failure().requestId();
            case Unasked<T> _ -> Optional.empty();
        };
    }

    /** Whether S3 allowed the call: it gave what was asked for, or said that the object does not exist. */
    default boolean isAllowed() {
        return isGiven() || refusal().filter(AwsFailure::isNoSuchKey).isPresent();
    }

    /** Whether the caller may not do this, as AWS says. */
    default boolean isDenied() {
        return refusal().filter(AwsFailure::isDenial).isPresent();
    }

    private static Optional<String> requestId(AwsResponse response) {
        if (response.responseMetadata() == null) {
            return Optional.empty();
        }
        String id = response.responseMetadata().requestId();
        return id.equals(NO_REQUEST_ID) ? Optional.empty() : Optional.of(id);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
