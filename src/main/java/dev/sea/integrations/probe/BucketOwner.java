package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import java.util.Optional;

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
        Optional<AccountId> expected = subject.target().expectedBucketOwner().or(subject::pinnedOwner);
        return new BucketOwner(expected.orElse(session.account()), expected.isEmpty());
    }

    AccountId account() {
        return account;
    }

    /** The owner to name in a call; none once a guess has proved wrong. */
    Optional<AccountId> toSend() {
        return refuted ? Optional.empty() : Optional.of(account);
    }

    boolean isGuessed() {
        return guessed;
    }

    /** Whether a denial may be due to a guessed owner, since S3 has allowed no call that named it. */
    boolean mayBeWrongGuess() {
        return guessed && !accepted;
    }

    void accept() {
        accepted = true;
    }

    void refute() {
        refuted = true;
    }

    /** The owner, if S3 allowed a call that named it. */
    Optional<AccountId> known() {
        return accepted ? Optional.of(account) : Optional.empty();
    }
}
