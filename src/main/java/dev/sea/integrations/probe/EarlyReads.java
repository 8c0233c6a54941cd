package dev.sea.integrations.probe;

import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.probe.Findings.ObjectFindings;
import dev.sea.integrations.report.FailureCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The calls that read the object of an earlier validation, made beside {@code put}. The object may be another one by then: gone,
 * archived, overwritten or tagged by the customer, encrypted with a key that the bucket no longer uses. So an early answer
 * stands only if it would be the same after {@code put}. Any other call is made again then.
 */
final class EarlyReads {
    private final ParallelCalls calls;
    private final AccessNeeds needs;
    private final Pending<ObjectFindings> put;
    private final Map<ObjectProbe, Pending<ObjectFindings>> answers = new EnumMap<>(ObjectProbe.class);

    EarlyReads(ParallelCalls calls, AccessNeeds needs, Pending<ObjectFindings> put) {
        this.calls = calls;
        this.needs = needs;
        this.put = put;
    }

    /** Starts a call at once. All early calls are to be started before any is waited for. */
    void start(ObjectProbe probe, S3Calls s3) {
        answers.put(probe, calls.ask(() -> probe.ask(s3, false)));
    }

    /**
     * The early answer to a call if it stands, and otherwise a new one.
     *
     * @param again makes the call after {@code put}
     */
    Pending<ObjectFindings> settled(ObjectProbe probe, Supplier<Answer<ObjectFindings>> again) {
        return settled(of(probe), probe, again);
    }

    /** The same for a call that reads what {@code like} reads, at the same time: it stands if that does. */
    Pending<ObjectFindings> settled(
            Pending<ObjectFindings> early, ObjectProbe like, Supplier<Answer<ObjectFindings>> again) {
        return calls.ask(() -> stands(like) ? new Answer.Unasked<ObjectFindings>() : again.get())
                .unless(early, () -> stands(like));
    }

    private boolean stands(ObjectProbe probe) {
        Answer<ObjectFindings> early = of(probe).await();
        if (early.refusal().filter(EarlyReads::isSilent).isPresent()) {
            return true;
        }
        return switch (put.await()) {
            case Answer.Given<ObjectFindings>(ObjectFindings stored, var _, var _) ->
                stored.written() ? standsAfterWriting(probe, early, stored) : standsForTheSameObject(early);
            case Answer.Refused<ObjectFindings>(AwsFailure failure, var _) -> early.isGiven() || !failure.isUnlearned();
            case Answer.Unasked<ObjectFindings> _ -> true;
        };
    }

    /** Whether the failure has nothing to do with the object. A second call would only add to S3's load. */
    private static boolean isSilent(AwsFailure failure) {
        return failure.isUnlearned() && failure.code() != FailureCode.UNEXPECTED_ANSWER;
    }

    /** After a light {@code put}, which found the object there. It may not have been there a moment before. */
    private static boolean standsForTheSameObject(Answer<ObjectFindings> early) {
        return early.refusal()
                .filter(failure -> failure.isNoSuchKey() || failure.mayHideMissingObject())
                .isEmpty();
    }

    /**
     * A denial might not be one for the new object: a policy may go by the object's tags. Where SEA does not need the
     * permission, that is not worth another call each time.
     */
    private boolean standsAfterWriting(ObjectProbe probe, Answer<ObjectFindings> early, ObjectFindings stored) {
        return isLike(stored) && (early.isGiven() || !needs.requires(probe.action()));
    }

    /** Whether nothing shows that what was read is another object than the one that {@code put} wrote. */
    private boolean isLike(ObjectFindings stored) {
        Optional<ObjectFindings> read = of(ObjectProbe.GET).await().given();
        boolean sameKey =
                read.filter(it -> it.encryption().equals(stored.encryption())).isPresent()
                        && stored.encryption().filter(it -> it.key().isEmpty()).isEmpty();
        return sameKey
                && answers.values().stream()
                        .flatMap(answer -> answer.await().given().stream())
                        .allMatch(ObjectFindings::asWritten);
    }

    private Pending<ObjectFindings> of(ObjectProbe probe) {
        return answers.getOrDefault(probe, Pending.unasked());
    }
}
