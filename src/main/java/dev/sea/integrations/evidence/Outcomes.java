package dev.sea.integrations.evidence;

import dev.sea.integrations.Tokens;
import dev.sea.integrations.event.Outbox;
import dev.sea.integrations.evidence.Sighting.There;
import dev.sea.integrations.evidence.TrackedGrant.Failure;
import dev.sea.integrations.evidence.TrackedGrant.Reason;
import dev.sea.integrations.grant.GrantId;
import dev.sea.integrations.grant.GrantSessions;
import dev.sea.integrations.grant.NoSuchGrant;
import dev.sea.integrations.grant.Purpose;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.table.Contention;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Takes what recorders tell of their grants, asks S3, and settles each grant once: its outcome, the counters of its day, how
 * the use goes and the events are written in one transaction.
 */
@ApplicationScoped
class Outcomes {
    private static final Logger LOG = Logger.getLogger(Outcomes.class);

    private final IntegrationStore integrations;
    private final TrackedGrantStore grants;
    private final EvidenceStore evidence;
    private final UseStore uses;
    private final FailingUses failing;
    private final Sightings sightings;
    private final GrantSessions sessions;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Contention contention;
    private final Tokens tokens;
    private final InstantSource time;

    Outcomes(
            IntegrationStore integrations,
            TrackedGrantStore grants,
            EvidenceStore evidence,
            UseStore uses,
            FailingUses failing,
            Sightings sightings,
            GrantSessions sessions,
            Outbox outbox,
            AuditLog audit,
            Contention contention,
            Tokens tokens,
            InstantSource time) {
        this.integrations = integrations;
        this.grants = grants;
        this.evidence = evidence;
        this.uses = uses;
        this.failing = failing;
        this.sightings = sightings;
        this.sessions = sessions;
        this.outbox = outbox;
        this.audit = audit;
        this.contention = contention;
        this.tokens = tokens;
        this.time = time;
    }

    /**
     * After a recorder said that it stored. May be repeated: the answer stays the same.
     *
     * @return the grant, which is stored
     * @throws NoSuchIntegration where the tenant has none of this ID
     * @throws NoSuchGrant where the integration has no such grant to record
     * @throws ReceiptRefused where S3 does not have the object, has another one, or could not be asked
     */
    TrackedGrant stored(Actor actor, IntegrationId id, GrantId grantId) {
        Integration integration = integrations.get(actor.tenant(), id);
        TrackedGrant grant = grants.get(actor.tenant(), id, grantId);
        return audit.around(
                "report-stored",
                grantId.value(),
                actor,
                () -> receipt(grant.isProved() ? grant : seen(integration, grant)));
    }

    private TrackedGrant seen(Integration integration, TrackedGrant grant) {
        return switch (sightings.of(integration, grant.grant().location())) {
            case There object -> told(integration, grant, current -> current.found(object, time.instant()));
            case Sighting.NotThere _ -> throw ReceiptRefused.notThere();
            case Sighting.Unknown unknown -> throw ReceiptRefused.unconfirmed(unknown);
        };
    }

    /** The grant, if S3 has shown that it is stored. */
    private static TrackedGrant receipt(TrackedGrant grant) {
        return switch (grant.state()) {
            case STORED -> grant;
            case MISSING ->
                throw grant.seen()
                        .map(object -> ReceiptRefused.mismatch(grant.differences(object)))
                        .orElseGet(ReceiptRefused::missing);
            case FAILED -> throw ReceiptRefused.conflict();
            case OPEN, UNVERIFIED ->
                throw new IllegalStateException(grant.grant().id() + " is not settled");
        };
    }

    /**
     * After a recorder said that it could not store. May be repeated. If S3 refused to overwrite an object, that object is
     * looked at: it may be the granted one, from an attempt whose answer got lost.
     *
     * @return the grant: failed, unless S3 has shown otherwise, before or now
     * @throws NoSuchIntegration where the tenant has none of this ID
     * @throws NoSuchGrant where the integration has no such grant to record
     * @throws ReceiptRefused where another object was under the key
     */
    TrackedGrant failed(Actor actor, IntegrationId id, GrantId grantId, Failure failure) {
        Integration integration = integrations.get(actor.tenant(), id);
        TrackedGrant grant = grants.get(actor.tenant(), id, grantId);
        return audit.around("report-failed", grantId.value(), actor, () -> {
            TrackedGrant after = grant.isProved() ? grant : failed(integration, grant, failure);
            if (after.reason().equals(Optional.of(Reason.CONFLICT))) {
                throw ReceiptRefused.conflict();
            }
            return after;
        });
    }

    private TrackedGrant failed(Integration integration, TrackedGrant grant, Failure failure) {
        if (failure.isOfAccess()) {
            // The sessions of a role end when it is deleted and made anew, and only S3's refusals tell.
            sessions.drop(integration, (int) grant.grant().targetRevision(), Purpose.RECORD);
        }
        Optional<There> met = failure.isOfExistingObject()
                        && sightings.of(integration, grant.grant().location()) instanceof There object
                ? Optional.of(object)
                : Optional.empty();
        return told(integration, grant, current -> current.failed(failure, met, time.instant()));
    }

    /**
     * Settles a grant by what was told, and counts that for the use. If another request settled it first, that stands.
     *
     * @param outcome what it makes of the grant
     */
    private TrackedGrant told(Integration integration, TrackedGrant found, UnaryOperator<TrackedGrant> outcome) {
        return contention.settled(() -> {
            TrackedGrant before = found;
            while (true) {
                TrackedGrant after = before.isProved() ? before : outcome.apply(before);
                if (after.state() == before.state() && after.reason().equals(before.reason())) {
                    return before;
                }
                Optional<TrackedGrant> other = attempt(integration, before, after);
                if (other.isEmpty()) {
                    return after;
                }
                before = other.get();
            }
        });
    }

    /** @return empty when it is written; otherwise the grant as it is now */
    private Optional<TrackedGrant> attempt(Integration integration, TrackedGrant before, TrackedGrant after) {
        Instant now = time.instant();
        String stamp = tokens.next();
        Use use = uses.read(integration.tenant(), integration.id());
        // A conflict is between recorders: it says nothing of the integration.
        boolean failure = after.state() == GrantState.FAILED && after.reason().isEmpty();
        Use next = use.after(failure, now);
        List<CompanionItem> others = new ArrayList<>();
        others.add(uses.counted(integration.tenant(), integration.id(), use, next, now, stamp));
        Optional<Outbox.Note> change = next.failing() == use.failing()
                ? Optional.empty()
                : Optional.of(outbox.note(UseChanged.of(integration, next, now)));
        change.map(Outbox.Note::companion).ifPresent(others::add);
        Optional<TrackedGrant> other;
        try {
            other = settle(before, after, Optional.empty(), others, stamp);
        } catch (UseStore.CountedMeanwhile counted) {
            throw new Contention.Met(counted);
        }
        if (other.isEmpty()) {
            change.ifPresent(outbox::send);
            next.dueAt().ifPresent(due -> calledAtOnce(integration, due));
        }
        return other;
    }

    private void calledAtOnce(Integration integration, Instant due) {
        try {
            failing.callForValidation(integration.tenant(), integration.id(), due);
        } catch (Unavailable later) {
            LOG.warnf(later, "a sweep sees to the validation of %s", integration.id());
        }
    }

    /**
     * Writes an outcome with its counters and, if the recording is missing, the event.
     *
     * @param lease the sweep's, which must still hold it; empty for an outcome that was told
     * @return empty when it is written; otherwise the grant as it is now
     */
    Optional<TrackedGrant> settle(
            TrackedGrant before, TrackedGrant after, Optional<String> lease, List<CompanionItem> others, String stamp) {
        List<CompanionItem> all = new ArrayList<>(others);
        evidence.counted(before, after).ifPresent(all::add);
        Optional<Outbox.Note> missing = after.state() == GrantState.MISSING
                ? Optional.of(outbox.note(RecordingMissing.of(after)))
                : Optional.empty();
        missing.map(Outbox.Note::companion).ifPresent(all::add);
        Optional<TrackedGrant> other = grants.settle(before, after, lease, all, stamp);
        if (other.isEmpty()) {
            missing.ifPresent(outbox::send);
        }
        return other;
    }
}
