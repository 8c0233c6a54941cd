package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which account is expected to own the bucket, and whether S3 confirmed it. S3 does not say who owns a bucket; it only denies
 * calls that name a wrong owner. So if no owner is expected, the credentials' account is tried. Calls that run in parallel
 * share this.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html">Verifying bucket
 *     ownership</a>
 */
final class BucketOwner {
    private final AccountId account;
    private final boolean guessed;
    private volatile boolean accepted;
    private volatile boolean refuted;

    private BucketOwner(AccountId account, boolean guessed) {
        this.account = account;
        this.guessed = guessed;
    }

    static BucketOwner of(Subject subject, Session session) {
        Optional<AccountId> expected = subject.target().owner().or(subject::pinnedOwner);
        return new BucketOwner(expected.orElse(session.account()), expected.isEmpty());
    }

    /**
     * Makes a call that names the owner. If that is a guess and may be wrong, a second try names none.
     *
     * @param call given the owner to name, or null for none
     */
    <T> Answer<T> ask(Function<@Nullable String, Answer<T>> call) {
        boolean named = !refuted;
        Answer<T> answer = ask(call, named);
        boolean mayBeWrongGuess = named
                && guessed
                && !accepted
                && answer.refusal().filter(AwsFailure::isBareDenial).isPresent();
        if (!mayBeWrongGuess) {
            return answer;
        }
        Answer<T> second = call.apply(null);
        if (second.isAllowed()) {
            refute();
        }
        return second;
    }

    /** Makes a call that names the owner, unless a guess has proved wrong. There is no second try. */
    <T> Answer<T> askOnce(Function<@Nullable String, Answer<T>> call) {
        return ask(call, !refuted);
    }

    private <T> Answer<T> ask(Function<@Nullable String, Answer<T>> call, boolean named) {
        Answer<T> answer = call.apply(named ? account.value() : null);
        if (named && answer.isAllowed()) {
            accepted = true;
        }
        return answer;
    }

    boolean isGuessed() {
        return guessed;
    }

    void refute() {
        refuted = true;
    }

    /** The owner, if S3 allowed a call that named it. */
    Optional<AccountId> known() {
        return accepted ? Optional.of(account) : Optional.empty();
    }
}
