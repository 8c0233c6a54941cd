package dev.sea.integrations.lifecycle;

import dev.sea.integrations.advice.AdviceWriter;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.externalid.ExternalIdClaimStore;
import dev.sea.integrations.externalid.ExternalIdClaimStore.Holder;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.Edit;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.posture.Posture;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.secret.SecretVault;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.validation.Proof;
import dev.sea.integrations.validation.UnreadableSecret;
import dev.sea.integrations.validation.Validator;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The one caller of the {@link Validator}. Checks before any AssumeRole that no other tenant holds the external ID, and keeps
 * no secret longer than its validation.
 */
@ApplicationScoped
class Proving {
    private final IntegrationStore store;
    private final ExternalIdClaimStore claims;
    private final SecretVault vault;
    private final UnreadableSecret unreadableSecret;
    private final Validator validator;
    private final Overlaps overlaps;
    private final EarlierTargets earlier;
    private final Metrics metrics;
    private final InstantSource time;

    Proving(
            IntegrationStore store,
            ExternalIdClaimStore claims,
            SecretVault vault,
            UnreadableSecret unreadableSecret,
            Validator validator,
            Overlaps overlaps,
            EarlierTargets earlier,
            Metrics metrics,
            InstantSource time) {
        this.store = store;
        this.claims = claims;
        this.vault = vault;
        this.unreadableSecret = unreadableSecret;
        this.validator = validator;
        this.overlaps = overlaps;
        this.earlier = earlier;
        this.metrics = metrics;
        this.time = time;
    }

    /** Proves a draft. {@link LiveProofs#check} has let the caller use its external ID. */
    Proof draft(Tenant tenant, Draft draft) {
        return advising(proved(Subject.of(tenant, draft), Scope.FULL), Posture.NONE, draft.target());
    }

    /** Proves an integration that was stored a moment ago, together with its claim. */
    Proof created(Integration integration, PresentedAccess access) {
        return advising(proved(Subject.of(integration, access), Scope.FULL), integration);
    }

    private Proof advising(Proof proof, Integration integration) {
        return advising(proof, integration.posture(), integration.target());
    }

    /** Its report has the advice that stands after it. */
    private Proof advising(Proof proof, Posture before, Target target) {
        return proof.advising(AdviceWriter.of(before.after(proof.sightings(), time.instant()), target));
    }

    private Proof proved(Subject subject, Scope scope) {
        return counted(
                scope == Scope.FULL
                        ? overlaps.beside(subject, () -> validator.validate(subject, scope))
                        : validator.validate(subject, scope));
    }

    /** A full one also asks what anybody may do, once a day. */
    private Proof proved(Integration integration, PresentedAccess access, Scope scope) {
        Subject subject = Subject.of(integration, access);
        if (scope != Scope.FULL) {
            return counted(validator.validate(subject, scope));
        }
        boolean publicToo = integration.posture().asksPublic(time.instant());
        Proof proof = overlaps.beside(subject, () -> validator.validate(subject, scope, publicToo));
        return counted(earlier.looked(integration, integration.target(), access, proof));
    }

    /** A failure of the service's own must reach the operator, whoever asked for the proof. */
    private Proof counted(Proof proof) {
        if (proof.report().hasOwnFault()) {
            metrics.ownFault();
        }
        return proof;
    }

    /**
     * A proof, and what it is about.
     *
     * @param integration the record as it was when it was proved
     */
    record Proved(Integration integration, Proof proof) {}

    /**
     * Proves a stored integration. A secret that is gone may have been replaced a moment ago, so the record is read again
     * once. If the secret stays gone, or cannot be read, nothing is learned.
     *
     * @throws NoSuchIntegration when it was deleted meanwhile
     */
    Proved stored(Integration integration, Scope scope) {
        try {
            return new Proved(integration, advising(prove(integration, scope), integration));
        } catch (SecretVault.Gone gone) {
            Integration again = store.get(integration.tenant(), integration.id());
            return again.access().equals(integration.access()) ? unreadable(again) : replaced(again, scope);
        }
    }

    private Proved replaced(Integration integration, Scope scope) {
        try {
            return new Proved(integration, advising(prove(integration, scope), integration));
        } catch (SecretVault.Gone gone) {
            return unreadable(integration);
        }
    }

    /** Whether STS, asked anew, accepts an integration's role and denies it without its external ID. */
    boolean isGuarded(Integration integration, Access.AssumedRole access) {
        PresentedAccess role = new PresentedAccess.Role(access.role(), access.externalId());
        return validator.isGuarded(Subject.of(integration, checked(integration.tenant(), role)));
    }

    private Proof prove(Integration integration, Scope scope) throws SecretVault.Gone {
        return switch (integration.access()) {
            case Access.AssumedRole(RoleArn role, ExternalId externalId) ->
                proved(integration, checked(integration.tenant(), new PresentedAccess.Role(role, externalId)), scope);
            case Access.StoredKeys keys -> {
                try {
                    yield proved(integration, vault.read(keys.secretName()), scope);
                } catch (SecretVault.Refused failure) {
                    yield counted(unreadableSecret.refused(keys, failure, access -> Subject.of(integration, access)));
                }
            }
        };
    }

    private Proved unreadable(Integration integration) {
        return switch (integration.access()) {
            case Access.StoredKeys keys ->
                new Proved(
                        integration, counted(unreadableSecret.gone(keys, access -> Subject.of(integration, access))));
            case Access.AssumedRole _ -> throw new IllegalStateException("a role has no secret");
        };
    }

    /**
     * Proves the new values of an integration. Stored keys that are gone prove nothing. {@link LiveProofs#check} has let the
     * caller use a new external ID.
     */
    Proof edited(Integration integration, Edit edit) {
        Proof proof = edit.access()
                .map(access -> prove(integration, edit, access))
                .orElseGet(() -> withItsAccess(integration, edit));
        boolean sameTarget = edit.target().equals(integration.target());
        return advising(proof, sameTarget ? integration.posture() : Posture.NONE, edit.target());
    }

    private Proof withItsAccess(Integration integration, Edit edit) {
        return switch (integration.access()) {
            case Access.AssumedRole(RoleArn role, ExternalId externalId) ->
                prove(integration, edit, checked(integration.tenant(), new PresentedAccess.Role(role, externalId)));
            case Access.StoredKeys keys -> {
                try {
                    yield prove(integration, edit, vault.read(keys.secretName()));
                } catch (SecretVault.Gone gone) {
                    yield counted(unreadableSecret.gone(keys, access -> subject(integration, edit, access)));
                } catch (SecretVault.Refused failure) {
                    yield counted(
                            unreadableSecret.refused(keys, failure, access -> subject(integration, edit, access)));
                }
            }
        };
    }

    private Proof prove(Integration integration, Edit edit, PresentedAccess access) {
        Proof proof = proved(subject(integration, edit, access), Scope.FULL);
        return earlier.looked(integration, edit.target(), access, proof);
    }

    /** Never counts as passed before, since new values may still be spreading. */
    private static Subject subject(Integration integration, Edit edit, PresentedAccess access) {
        boolean sameObject = edit.access().isEmpty() && edit.target().equals(integration.target());
        boolean sameBucket = edit.target().bucket().equals(integration.target().bucket());
        return new Subject(
                integration.tenant(),
                Optional.of(integration.id()),
                edit.target(),
                edit.sessionMetadata(),
                access,
                sameBucket ? integration.health().pinnedOwner() : Optional.empty(),
                false,
                sameObject ? integration.standingPass() : Optional.empty(),
                false);
    }

    private PresentedAccess checked(Tenant tenant, PresentedAccess access) {
        if (access instanceof PresentedAccess.Role role && claims.holder(tenant, role.externalId()) == Holder.ANOTHER) {
            throw new ExternalIdRefused();
        }
        return access;
    }
}
