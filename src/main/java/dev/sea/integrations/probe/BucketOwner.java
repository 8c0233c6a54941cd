package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import java.util.Optional;

/**
 * Whom the bucket is expected to belong to, and what S3 says to that. S3 tells no owner, it only refuses a wrong one: so
 * where nobody is expected, the credentials' account is tried. Shared by calls that run in parallel.
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

    /** What to send; nothing once a guess proved wrong. */
    Optional<AccountId> toSend() {
        return refuted ? Optional.empty() : Optional.of(account);
    }

    boolean isGuessed() {
        return guessed;
    }

    /** A bare denial may be meant for a guessed owner, as long as S3 has let no call with it through. */
    boolean mayBeWrongGuess() {
        return guessed && !accepted;
    }

    void accept() {
        accepted = true;
    }

    void refute() {
        refuted = true;
    }

    /** The owner, where S3 let a call through that named it. */
    Optional<AccountId> known() {
        return accepted ? Optional.of(account) : Optional.empty();
    }
}
