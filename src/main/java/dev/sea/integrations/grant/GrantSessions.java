package dev.sea.integrations.grant;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.externalid.ExternalIdClaimStore.Holder;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.security.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The sessions that grants need. Keeps those that sign URLs: a session of a role for half of its hour, a stored key for
 * {@link SessionOpener#KEY_KEPT}. What is kept serves one tenant's one integration at one version for one use. So a changed
 * key, which comes with a new version, is never mistaken for the old one.
 */
@ApplicationScoped
public class GrantSessions {
    /** Two uses of 10,000 integrations each. */
    private static final int MOST_SESSIONS = 20_000;

    /** About as many bytes of memory. A session's token has about 1,000 characters, and AWS sets no limit to it. */
    private static final long MOST_CHARACTERS = 48L * 1024 * 1024;

    private final SessionCache cache = new SessionCache(MOST_SESSIONS, MOST_CHARACTERS);
    private final SessionOpener opener;
    private final InstantSource time;

    GrantSessions(SessionOpener opener, InstantSource time) {
        this.opener = opener;
        this.time = time;
    }

    /** The claim on an external ID, being read. */
    public record ClaimAhead(ExternalId externalId, CompletableFuture<Holder> holder) {}

    /**
     * Starts to read the claim on the external ID that the integration had last, if a session will have to be opened. So it is
     * read beside the record, and the role is assumed as soon as the record is there.
     */
    public Optional<ClaimAhead> lookAhead(
            Tenant tenant,
            IntegrationId integration,
            SessionUse what,
            Optional<Integer> targetRevision,
            boolean shared) {
        return cache.last(new SessionCache.Use(tenant, integration, what, targetRevision))
                .filter(last -> !shared || !time.instant().isBefore(last.freshUntil()))
                .flatMap(GrantSession::externalId)
                .map(id -> opener.readAhead(tenant, id));
    }

    /**
     * A session that the service keeps, to sign with.
     *
     * @param targetRevision of the target that it may reach
     * @throws GrantRefused if AWS denies SEA the access
     * @throws NoSession if AWS or SEA itself fails
     * @throws ExternalIdRefused before any call to STS
     * @throws SessionOpener.Gone if the record's secret is not there
     */
    public GrantSession shared(
            Integration integration, int targetRevision, SessionUse what, Optional<ClaimAhead> ahead) {
        Target target = target(integration, targetRevision);
        return cache.session(
                use(integration, targetRevision, what),
                integration.version(),
                time.instant(),
                () -> switch (integration.access()) {
                    case Access.AssumedRole role ->
                        opener.assumed(
                                integration,
                                role,
                                what,
                                ahead,
                                SessionOpener.SHARED,
                                what.policy(integration, target).underPrefix());
                    case Access.StoredKeys keys -> opener.read(keys, what);
                });
    }

    /** Forgets a session that AWS no longer accepts. */
    public void drop(Integration integration, int targetRevision, SessionUse what, GrantSession session) {
        cache.drop(use(integration, targetRevision, what), session);
    }

    /** Forgets the session of this use, since AWS has refused what it signed. The next one is opened anew. */
    public void drop(Integration integration, int targetRevision, SessionUse what) {
        cache.drop(use(integration, targetRevision, what));
    }

    private static SessionCache.Use use(Integration integration, int targetRevision, SessionUse what) {
        return new SessionCache.Use(
                integration.tenant(),
                integration.id(),
                what,
                Optional.of(targetRevision).filter(it -> it != integration.targetRevision()));
    }

    /**
     * Does something with a record that may need its secret. If the secret is gone, another may have replaced it a moment ago:
     * then reads the record again, and does it once more.
     *
     * @throws GrantRefused where the secret stays gone
     */
    public <T> T withSecret(SessionUse what, Supplier<Integration> record, Function<Integration, T> work) {
        Integration integration = record.get();
        try {
            return work.apply(integration);
        } catch (SessionOpener.Gone gone) {
            Integration again = record.get();
            if (again.access().equals(integration.access())) {
                throw opener.keyGone(again, what);
            }
            try {
                return work.apply(again);
            } catch (SessionOpener.Gone goneAgain) {
                throw opener.keyGone(again, what);
            }
        }
    }

    /**
     * A session for one object, which is given away and never used again.
     *
     * @throws GrantRefused also if the integration has a stored key, or if no policy can name the object
     * @throws NoSession if AWS or SEA itself fails
     * @throws ExternalIdRefused before any call to STS
     */
    GrantSession givenAway(
            Integration integration, int targetRevision, Purpose purpose, ObjectKey key, Optional<ClaimAhead> ahead) {
        Target target = target(integration, targetRevision);
        return switch (integration.access()) {
            case Access.AssumedRole role -> {
                String policy = purpose.policy(integration, target)
                        .onObject(key.under(target.prefix()))
                        .orElseThrow(GrantRefused::credentialsForKey);
                yield opener.assumed(integration, role, purpose, ahead, SessionOpener.GIVEN_AWAY, List.of(policy));
            }
            case Access.StoredKeys _ -> throw GrantRefused.credentialsOfStoredKeys();
        };
    }

    private static Target target(Integration integration, int revision) {
        return integration.target(revision).orElseThrow(() -> new IllegalArgumentException("no target " + revision));
    }
}
