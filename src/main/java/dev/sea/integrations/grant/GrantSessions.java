package dev.sea.integrations.grant;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AssumedRoles;
import dev.sea.integrations.call.AssumedSession;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.call.SessionName;
import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.externalid.ExternalIdClaimStore;
import dev.sea.integrations.externalid.ExternalIdClaimStore.Holder;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.secret.SecretVault;
import dev.sea.integrations.security.Tenant;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Opens the sessions that grants need, and keeps those that sign URLs. A session of a role is kept for half of its hour. A
 * stored key is kept for {@link #KEY_KEPT}; a changed one is another version's, so it is never mistaken for it. What is kept
 * serves one tenant's one integration at one version for one use.
 */
@ApplicationScoped
public class GrantSessions {
    /** The longest that STS gives to a role that a role assumes. */
    private static final Duration SHARED = Duration.ofHours(1);

    /** The shortest that STS gives. */
    private static final Duration GIVEN_AWAY = Duration.ofMinutes(15);

    /** Half of 15 minutes, as of a session that lasts that long. */
    static final Duration KEY_KEPT = GIVEN_AWAY.dividedBy(2);

    /** Two uses of 10,000 integrations each. */
    private static final int MOST_SESSIONS = 20_000;

    /** Bytes in memory. A session's token has about 1,000, and AWS sets no limit to it. */
    private static final long MOST_CHARACTERS = 48L * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(GrantSessions.class);

    private final SessionCache cache = new SessionCache(MOST_SESSIONS, MOST_CHARACTERS);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AssumedRoles roles;
    private final ExternalIdClaimStore claims;
    private final SecretVault vault;
    private final Metrics metrics;
    private final InstantSource time;

    GrantSessions(
            AssumedRoles roles, ExternalIdClaimStore claims, SecretVault vault, Metrics metrics, InstantSource time) {
        this.roles = roles;
        this.claims = claims;
        this.vault = vault;
        this.metrics = metrics;
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
                .map(id -> new ClaimAhead(id, CompletableFuture.supplyAsync(() -> claims.holder(tenant, id), threads)));
    }

    /**
     * A session that the service keeps, to sign with.
     *
     * @param targetRevision of the target that it may reach
     * @throws GrantRefused if AWS denies SEA the access
     * @throws NoSession if AWS or SEA itself fails
     * @throws ExternalIdRefused before any call to STS
     * @throws Gone if the record's secret is not there
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
                        assumed(
                                integration,
                                role,
                                what,
                                ahead,
                                SHARED,
                                what.policy(integration, target).underPrefix());
                    case Access.StoredKeys keys -> read(keys, what);
                });
    }

    /** Keeps a session no longer that AWS has ceased to accept. */
    public void drop(Integration integration, int targetRevision, SessionUse what, GrantSession session) {
        cache.drop(use(integration, targetRevision, what), session);
    }

    /** Keeps no session for this use: somebody saw AWS refuse what it signed. The next one is opened anew. */
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
        } catch (Gone gone) {
            Integration again = record.get();
            if (again.access().equals(integration.access())) {
                throw keyGone(again, what);
            }
            try {
                return work.apply(again);
            } catch (Gone goneAgain) {
                throw keyGone(again, what);
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
                yield assumed(integration, role, purpose, ahead, GIVEN_AWAY, List.of(policy));
            }
            case Access.StoredKeys _ -> throw GrantRefused.credentialsOfStoredKeys();
        };
    }

    private static Target target(Integration integration, int revision) {
        return integration.target(revision).orElseThrow(() -> new IllegalArgumentException("no target " + revision));
    }

    private GrantSession assumed(
            Integration integration,
            Access.AssumedRole role,
            SessionUse what,
            Optional<ClaimAhead> ahead,
            Duration duration,
            List<String> policies) {
        if (holder(integration.tenant(), role.externalId(), ahead) == Holder.ANOTHER) {
            throw new ExternalIdRefused();
        }
        AssumedRoles.Wanted wanted = new AssumedRoles.Wanted(
                role.role(),
                Optional.of(role.externalId()),
                SessionName.of(integration.tenant(), Optional.of(integration.id())),
                duration,
                policies);
        return switch (roles.assume(wanted)) {
            case Answer.Given<AssumedSession>(AssumedSession session, var _, var _) ->
                GrantSession.of(session, role.externalId(), time.instant());
            case Answer.Refused<AssumedSession>(AwsFailure failure, var _) ->
                throw refusal(integration, what, duration, failure);
            case Answer.Unasked<AssumedSession> _ -> throw new IllegalStateException("STS was asked");
        };
    }

    /** Read again unless it was read ahead for this very ID. */
    private Holder holder(Tenant tenant, ExternalId externalId, Optional<ClaimAhead> ahead) {
        Optional<ClaimAhead> same = ahead.filter(it -> it.externalId().equals(externalId));
        if (same.isEmpty()) {
            return claims.holder(tenant, externalId);
        }
        try {
            return same.get().holder().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw failed;
        }
    }

    private RuntimeException refusal(Integration integration, SessionUse what, Duration duration, AwsFailure failure) {
        if (failure.isPolicyRefused() && duration.equals(GIVEN_AWAY)) {
            return GrantRefused.credentialsForKey();
        }
        if (failure.code().isOurs()) {
            return ownFault(integration.id(), failure.code() + " " + failure.awsCode());
        }
        return failure.isUnlearned() ? new NoSession() : GrantRefused.purpose(what, List.of(CheckId.CREDENTIALS));
    }

    private RuntimeException ownFault(IntegrationId integration, String what) {
        LOG.errorf("no session of %s: %s", integration, what);
        metrics.ownFault();
        return new NoSession();
    }

    /** The secret of a record is gone. */
    static final class Gone extends RuntimeException {
        Gone(Throwable cause) {
            super(cause);
        }
    }

    private GrantSession read(Access.StoredKeys keys, SessionUse what) {
        try {
            return GrantSession.of(vault.read(keys.secretName()), time.instant(), KEY_KEPT);
        } catch (SecretVault.Gone gone) {
            throw new Gone(gone);
        } catch (SecretVault.Refused refused) {
            LOG.errorf(refused, "no stored key to %s", what);
            metrics.ownFault();
            throw new NoSession();
        }
    }

    /** What to tell of a secret that stays gone: the customer has to enter the key again. */
    private RuntimeException keyGone(Integration integration, SessionUse what) {
        LOG.errorf("no session of %s: %s", integration.id(), FailureCode.STORED_KEY_GONE);
        metrics.ownFault();
        return GrantRefused.purpose(what, List.of(CheckId.CREDENTIALS));
    }

    @PreDestroy
    void close() {
        threads.close();
    }
}
