package dev.sea.integrations.lifecycle;

import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Edit;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.OtherVersion;
import dev.sea.integrations.integration.VersionNotNamed;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.secret.SecretDeposits;
import dev.sea.integrations.secret.SecretDisposal;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.ValidationHistory;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes integrations, active ones too. New access, or another target, is proved first and swapped in only if it passes:
 * until then the old values stay in use, and the secret in them is removed only after the swap.
 */
@ApplicationScoped
public class Editing {
    private final IntegrationStore store;
    private final Swap swap;
    private final Proving proving;
    private final SecretDeposits deposits;
    private final SecretDisposal disposal;
    private final HealthRules rules;
    private final ValidationHistory history;
    private final InstantSource time;
    private final AuditLog audit;

    Editing(
            IntegrationStore store,
            Swap swap,
            Proving proving,
            SecretDeposits deposits,
            SecretDisposal disposal,
            HealthRules rules,
            ValidationHistory history,
            InstantSource time,
            AuditLog audit) {
        this.store = store;
        this.swap = swap;
        this.proving = proving;
        this.deposits = deposits;
        this.disposal = disposal;
        this.rules = rules;
        this.history = history;
        this.time = time;
        this.audit = audit;
    }

    /**
     * What has become of it.
     *
     * @param report empty where nothing that can be proved was changed
     */
    public record Edited(Integration integration, Optional<ValidationReport> report) {}

    /**
     * Changes the version that {@code ifMatch} names, or nothing. What changes nothing makes no new version.
     *
     * @param ifMatch without it nothing is changed
     * @param wanted reads the request against the integration as it is
     * @throws NoSuchIntegration where the tenant has none of this ID
     * @throws VersionNotNamed without {@code ifMatch}
     * @throws OtherVersion when it is another version, also when somebody was faster
     * @throws ChangeNotProved when the new values do not pass
     * @throws NameTaken where the tenant has the new name
     * @throws ExternalIdRefused where another tenant holds the new external ID
     */
    public Edited edit(Actor actor, IntegrationId id, Optional<IfMatch> ifMatch, Function<Integration, Edit> wanted) {
        Integration current = store.find(actor.tenant(), id).orElseThrow(NoSuchIntegration::new);
        if (!ifMatch.orElseThrow(VersionNotNamed::new).names(current.version())) {
            throw new OtherVersion();
        }
        Edit edit = wanted.apply(current);
        if (edit.changesNothing(current)) {
            return new Edited(current, Optional.empty());
        }
        Optional<Proof> proof = edit.needsProof(current) ? Optional.of(passed(current, edit)) : Optional.empty();
        Integration after = swapped(actor, current, edit, proof);
        audit.changed("edit", id.value(), actor);
        if (!after.access().equals(current.access())) {
            disposal.retire(current.access());
        }
        proof.ifPresent(passed -> history.keep(after.tenant(), id, passed.report()));
        return new Edited(after, proof.map(Proof::report));
    }

    private Proof passed(Integration current, Edit edit) {
        Proof proof = proving.edited(current, edit);
        if (proof.report().status() != ValidationReport.Status.HEALTHY) {
            throw new ChangeNotProved(proof.report());
        }
        return proof;
    }

    private Integration swapped(Actor actor, Integration current, Edit edit, Optional<Proof> proof) {
        Instant now = time.instant();
        Optional<Access> access =
                edit.access().map(presented -> deposits.accept(actor.tenant(), current.id(), presented, now));
        return swap.swap(current, access.flatMap(Access::secret), before -> {
            Integration after = before.edited(edit, access.orElse(before.access()), actor, now);
            return proof.map(passed -> after.with(rules.after(after, passed, now)))
                    .orElse(after);
        });
    }
}
