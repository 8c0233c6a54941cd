package dev.sea.integrations.grant;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AssumedRoles;
import dev.sea.integrations.call.AssumedSession;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.call.SessionName;
import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.externalid.ExternalIdClaimStore;
import dev.sea.integrations.externalid.ExternalIdClaimStore.Holder;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.grant.GrantSessions.ClaimAhead;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** Opens sessions: assumes the customer's role, or reads the stored key. Turns each refusal into a problem. */
@ApplicationScoped
class SessionOpener {
    /** The longest that STS gives to a role that a role assumes. */
    static final Duration SHARED = Duration.ofHours(1);

    /** The shortest that STS gives. */
    static final Duration GIVEN_AWAY = Duration.ofMinutes(15);

    /** How long a stored key is kept: as long as a session of 15 minutes would be. */
    static final Duration KEY_KEPT = GIVEN_AWAY.dividedBy(2);

    private static final Logger LOG = Logger.getLogger(SessionOpener.class);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AssumedRoles roles;
    private final ExternalIdClaimStore claims;
    private final SecretVault vault;
    private final Metrics metrics;
    private final InstantSource time;

    SessionOpener(
            AssumedRoles roles, ExternalIdClaimStore claims, SecretVault vault, Metrics metrics, InstantSource time) {
        this.roles = roles;
        this.claims = claims;
        this.vault = vault;
        this.metrics = metrics;
        this.time = time;
    }

    /** The secret of a record is gone. */
    static final class Gone extends RuntimeException {
        Gone(Throwable cause) {
            super(cause);
        }
    }

    /** Starts to read who holds the external ID. */
    ClaimAhead readAhead(Tenant tenant, ExternalId id) {
        return new ClaimAhead(id, CompletableFuture.supplyAsync(() -> claims.holder(tenant, id), threads));
    }

    /**
     * Assumes the role, if the tenant may use its external ID.
     *
     * @param duration {@link #SHARED} or {@link #GIVEN_AWAY}
     * @param policies of the session, which all apply
     * @throws GrantRefused if AWS denies SEA the role
     * @throws NoSession if AWS or SEA itself fails
     * @throws ExternalIdRefused before any call to STS
     */
    GrantSession assumed(
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
        return same.isPresent() ? SessionCache.awaited(same.get().holder()) : claims.holder(tenant, externalId);
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

    /**
     * Reads the stored key.
     *
     * @throws Gone if the record's secret is not there
     * @throws NoSession if Secrets Manager refuses it to SEA
     * @throws dev.sea.integrations.problem.Unavailable if it may be readable later
     */
    GrantSession read(Access.StoredKeys keys, SessionUse what) {
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

    /** The answer where a secret stays gone: the customer has to enter the key again. */
    GrantRefused keyGone(Integration integration, SessionUse what) {
        LOG.errorf("no session of %s: %s", integration.id(), FailureCode.STORED_KEY_GONE);
        metrics.ownFault();
        return GrantRefused.purpose(what, List.of(CheckId.CREDENTIALS));
    }

    @PreDestroy
    void close() {
        threads.close();
    }
}
