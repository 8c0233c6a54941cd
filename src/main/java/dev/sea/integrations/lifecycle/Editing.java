package dev.sea.integrations.lifecycle;

import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Edit;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.LimitReached;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.OtherVersion;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.VersionNotNamed;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.secret.Secrets;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.IntegrationTransactions;
import dev.sea.integrations.store.Written;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Changes integrations, active ones too. A new access or target is proved first and swapped in only if it passes. Until then
 * the old values stay in use, and the old secret is deleted only after the swap.
 */
@ApplicationScoped
public class Editing {
    private static final int ATTEMPTS = 5;

    private final IntegrationStore store;
    private final IntegrationTransactions transactions;
    private final LiveProofs proofs;
    private final Proving proving;
    private final Secrets secrets;
    private final HealthRecords records;
    private final Overlaps overlaps;
    private final InstantSource time;
    private final AuditLog audit;

    Editing(
            IntegrationStore store,
            IntegrationTransactions transactions,
            LiveProofs proofs,
            Proving proving,
            Secrets secrets,
            HealthRecords records,
            Overlaps overlaps,
            InstantSource time,
            AuditLog audit) {
        this.store = store;
        this.transactions = transactions;
        this.proofs = proofs;
        this.proving = proving;
        this.secrets = secrets;
        this.records = records;
        this.overlaps = overlaps;
        this.time = time;
        this.audit = audit;
    }

    /**
     * The changed integration.
     *
     * @param report empty when nothing changed that needs a proof
     */
    public record Edited(Integration integration, Optional<ValidationReport> report) {}

    /**
     * Changes the version that {@code ifMatch} names, or nothing. An edit that changes nothing makes no new version and
     * proves nothing.
     *
     * @param ifMatch without it nothing is changed
     * @param wanted reads the request against the integration as it is
     * @throws NoSuchIntegration where the tenant has none of this ID
     * @throws VersionNotNamed without {@code ifMatch}
     * @throws OtherVersion when it is another version, or another request was faster
     * @throws LimitReached when the integration has as many former targets as it may
     * @throws NotProved when the new values do not pass
     * @throws NameTaken where the tenant has the new name
     * @throws ExternalIdRefused where another tenant holds the new external ID
     */
    public Edited edit(Actor actor, IntegrationId id, Optional<IfMatch> ifMatch, Function<Integration, Edit> wanted) {
        Integration current = store.get(actor.tenant(), id);
        if (!ifMatch.orElseThrow(VersionNotNamed::new).names(current.version())) {
            throw new OtherVersion();
        }
        Edit edit = withoutStoredKeys(wanted.apply(current), current);
        if (edit.changesNothing(current)) {
            return new Edited(current, Optional.empty());
        }
        current.requireRoom(edit);
        Optional<Proof> proof = edit.needsProof(current)
                ? Optional.of(proofs.during(actor, id.value(), () -> passed(actor, current, edit)))
                : Optional.empty();
        Integration after = audit.around("edit", id.value(), actor, () -> {
            if (current.isActive() && !edit.target().equals(current.target())) {
                overlaps.auditAcrossTenants(actor, id, edit.target());
            }
            return swapped(actor, current, edit, proof);
        });
        if (!after.access().equals(current.access())) {
            secrets.retire(current.access());
        }
        proof.ifPresent(passed -> records.keep(after, passed));
        return new Edited(after, proof.map(Proof::report));
    }

    /** Keys that are stored already are no change, like anything else that is sent again. */
    private Edit withoutStoredKeys(Edit edit, Integration current) {
        return edit.access()
                .filter(access -> secrets.holds(current.access(), access))
                .map(_ -> edit.keepingAccess())
                .orElse(edit);
    }

    private Proof passed(Actor actor, Integration current, Edit edit) {
        edit.access().ifPresent(access -> proofs.check(actor, access));
        Proof proof = proving.edited(current, edit);
        if (proof.report().status() != ValidationReport.Status.HEALTHY) {
            throw NotProved.change(proof.report());
        }
        if (edit.access().orElse(null) instanceof PresentedAccess.Role role) {
            proofs.keep(actor, role.externalId(), proof);
        } else if (edit.access().isEmpty()) {
            proofs.keepFirst(actor, current, proof);
        }
        return proof;
    }

    private Integration swapped(Actor actor, Integration current, Edit edit, Optional<Proof> proof) {
        Instant now = time.instant();
        Optional<Access> access =
                edit.access().map(presented -> secrets.accept(actor.tenant(), current.id(), presented, now));
        return swapped(current, access.flatMap(Access::secret), before -> {
            Integration after = before.edited(edit, access.orElse(before.access()), actor, now);
            return proof.map(passed -> records.judged(after, passed)).orElse(after);
        });
    }

    /**
     * Swaps, also when validations write the record's health meanwhile. Deletes a new secret that no record needs.
     *
     * @param next makes the next version of the current record; called again when its health was written meanwhile
     */
    private Integration swapped(Integration current, Optional<String> newSecret, UnaryOperator<Integration> next) {
        Integration before = current;
        for (int attempt = 1; ; attempt++) {
            boolean mayTryAgain = attempt < ATTEMPTS;
            Integration after = next.apply(before);
            Written written;
            try {
                written = transactions.swap(before, after);
            } catch (RuntimeException failure) {
                return storedAfterAll(after, newSecret, failure);
            }
            switch (written) {
                case Written.Done() -> {
                    return after;
                }
                case Written.Superseded(Integration now)
                when now.version() == current.version() && mayTryAgain -> before = now;
                case Written.Superseded _ -> {
                    return storedAfterAll(after, newSecret, new OtherVersion());
                }
                case Written.Gone() -> {
                    return storedAfterAll(after, newSecret, new NoSuchIntegration());
                }
            }
        }
    }

    /** Some failed writes have written all the same. Then a record names the new secret, and it cannot be withdrawn. */
    private Integration storedAfterAll(Integration after, Optional<String> newSecret, RuntimeException failure) {
        if (newSecret.filter(name -> !secrets.withdraw(name)).isPresent()) {
            return after;
        }
        throw failure;
    }
}
