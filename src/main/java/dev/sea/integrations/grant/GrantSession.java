package dev.sea.integrations.grant;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.call.AssumedSession;
import dev.sea.integrations.client.ObjectRequest;
import dev.sea.integrations.client.PresignedRequest;
import dev.sea.integrations.client.PresignedUrls;
import dev.sea.integrations.integration.PresentedAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** What grants are signed with: a session of the customer's role, or the stored key. Never logged. */
public final class GrantSession {
    private final AwsCredentials credentials;
    private final Optional<Instant> expiresAt;
    private final Instant freshUntil;
    private final Optional<ExternalId> externalId;

    private GrantSession(
            AwsCredentials credentials,
            Optional<Instant> expiresAt,
            Instant freshUntil,
            Optional<ExternalId> externalId) {
        this.credentials = credentials;
        this.expiresAt = expiresAt;
        this.freshUntil = freshUntil;
        this.externalId = externalId;
    }

    /** Kept for half of its life, so that what it signs may last for the other half. */
    static GrantSession of(AssumedSession assumed, ExternalId externalId, Instant now) {
        Duration life = Duration.between(now, assumed.expiresAt());
        return new GrantSession(
                assumed.credentials(),
                Optional.of(assumed.expiresAt()),
                now.plus(life.dividedBy(2)),
                Optional.of(externalId));
    }

    /** @param kept how long the key may stay in memory */
    static GrantSession of(PresentedAccess.Keys keys, Instant now, Duration kept) {
        return new GrantSession(
                AwsBasicCredentials.create(
                        keys.accessKeyId().value(), keys.secretAccessKey().reveal()),
                Optional.empty(),
                now.plus(kept),
                Optional.empty());
    }

    /** Until when it may be used again. */
    Instant freshUntil() {
        return freshUntil;
    }

    /** That of the role; empty for a stored key. */
    Optional<ExternalId> externalId() {
        return externalId;
    }

    /** When AWS stops accepting it; empty for a stored key. */
    Optional<Instant> expiresAt() {
        return expiresAt;
    }

    /** How many characters it keeps in memory. */
    int size() {
        return credentials.accessKeyId().length()
                + credentials.secretAccessKey().length()
                + sessionToken().length();
    }

    /**
     * Presigns a request for as long as wanted, but not for longer than the session lasts.
     *
     * @throws NoSession if the session has ended
     */
    PresignedRequest presign(PresignedUrls urls, ObjectRequest request, Duration wanted, Instant now) {
        // A signature counts in whole seconds, and the next one may begin before it is made.
        Instant latestStart = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Duration lifetime = expiresAt
                .map(end -> Duration.between(latestStart, end).truncatedTo(ChronoUnit.SECONDS))
                .filter(left -> left.compareTo(wanted) < 0)
                .orElse(wanted);
        if (!lifetime.isPositive()) {
            throw new NoSession();
        }
        return urls.presign(request, credentials, lifetime);
    }

    /** For calls that the service makes itself. */
    public AwsCredentials credentials() {
        return credentials;
    }

    String accessKeyId() {
        return credentials.accessKeyId();
    }

    String secretAccessKey() {
        return credentials.secretAccessKey();
    }

    /** Empty for a stored key. */
    String sessionToken() {
        return credentials instanceof AwsSessionCredentials session ? session.sessionToken() : "";
    }

    @Override
    public String toString() {
        return "GrantSession[until " + expiresAt.map(Instant::toString).orElse("the key is changed") + "]";
    }
}
