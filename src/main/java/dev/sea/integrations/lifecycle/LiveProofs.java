package dev.sea.integrations.lifecycle;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.externalid.ExternalIdTries;
import dev.sea.integrations.externalid.TooManyExternalIds;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Every proof that somebody asks for goes through here, whatever the request. Each takes a place in the tenant's quota, each use
 * of a customer's role or key is in the audit log, and few external IDs may be tried. The schedule's proofs do not come this way.
 */
@ApplicationScoped
public class LiveProofs {
    private final ProofQuotaStore quota;
    private final ExternalIdTries tries;
    private final AuditLog audit;

    LiveProofs(ProofQuotaStore quota, ExternalIdTries tries, AuditLog audit) {
        this.quota = quota;
        this.tries = tries;
        this.audit = audit;
    }

    /**
     * Runs a proof.
     *
     * @param subject what is proved: an integration's ID, or the role or key of a draft
     * @throws TooManyValidations when the tenant has reached one of its limits; nothing is done then
     */
    <T> T during(Actor actor, String subject, Supplier<T> proof) {
        return during(actor, "prove", subject, proof);
    }

    /**
     * Runs something else that calls a customer's account. It counts as a proof.
     *
     * @param what the action's name in the audit log
     * @param subject what is asked about; never a secret
     * @throws TooManyValidations when the tenant has reached one of its limits; nothing is done then
     */
    public <T> T during(Actor actor, String what, String subject, Supplier<T> question) {
        Optional<ProofQuotaStore.Place> place = quota.take(actor.tenant());
        try {
            return audit.around(what, subject, actor, question);
        } finally {
            place.ifPresent(quota::giveBack);
        }
    }

    /**
     * Lets a caller use the access that it names. To be asked before the access is stored or used.
     *
     * @return whether it has an external ID that nobody holds yet
     * @throws TooManyExternalIds when it is a try too many
     * @throws ExternalIdRefused when another tenant holds the external ID
     */
    boolean check(Actor actor, PresentedAccess access) {
        return access instanceof PresentedAccess.Role role && tries.check(actor, role.role(), role.externalId());
    }

    /** Keeps a draft's external ID for the tenant if the role has accepted it. */
    void keepDrafts(Actor actor, ExternalId externalId, Proof proof) {
        if (isAccepted(proof)) {
            tries.acceptedInDraft(actor.tenant(), externalId);
        }
    }

    /** Notes that an integration's external ID is real, if the role has accepted it. */
    void keep(Actor actor, ExternalId externalId, Proof proof) {
        if (isAccepted(proof)) {
            tries.accepted(actor.tenant(), externalId);
        }
    }

    /** The same after a proof of what is stored, unless an earlier one has passed. */
    void keepFirst(Actor actor, Integration integration, Proof proof) {
        if (integration.access() instanceof Access.AssumedRole role
                && integration.health().fullPass().isEmpty()) {
            keep(actor, role.externalId(), proof);
        }
    }

    private static boolean isAccepted(Proof proof) {
        return proof.report().checks().stream()
                .anyMatch(check -> check.id() == CheckId.CREDENTIALS && check.outcome() instanceof Outcome.Passed);
    }

    /** How the audit log names what a draft is about. Never a secret. */
    static String subject(PresentedAccess access) {
        return switch (access) {
            case PresentedAccess.Role role -> role.role().value();
            case PresentedAccess.Keys keys -> keys.accessKeyId().masked();
        };
    }
}
