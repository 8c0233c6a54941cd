package dev.sea.integrations.integration;

import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.validation.Proof;
import dev.sea.integrations.validation.SecretVault;
import dev.sea.integrations.validation.Subject;
import dev.sea.integrations.validation.ValidationReport.Scope;
import dev.sea.integrations.validation.Validator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The way to the {@link Validator}: no role is assumed before it is known that no other tenant holds the external ID,
 * and no secret is kept longer than its validation.
 */
@ApplicationScoped
class Proving {
    private final ExternalIdClaimStore claims;
    private final SecretVault vault;
    private final Validator validator;

    Proving(ExternalIdClaimStore claims, SecretVault vault, Validator validator) {
        this.claims = claims;
        this.vault = vault;
        this.validator = validator;
    }

    Proof draft(Tenant tenant, Draft draft) {
        if (draft.access() instanceof PresentedAccess.Role role) {
            refuseForeign(tenant, role.externalId());
        }
        Subject subject = new Subject(
                tenant,
                Optional.empty(),
                draft.target(),
                draft.sessionMetadata(),
                draft.access(),
                Optional.empty(),
                false);
        return validator.validate(subject, Scope.FULL);
    }

    /** Of an integration that was stored just now, and its claim with it. */
    Proof created(Integration integration, PresentedAccess access) {
        return validator.validate(integration.subject(access), Scope.FULL);
    }

    /**
     * Proves a stored integration.
     *
     * @throws SecretVault.Gone when the record names a secret that is no more
     */
    Proof stored(Integration integration, Scope scope) throws SecretVault.Gone {
        PresentedAccess access = switch (integration.access()) {
            case Access.AssumedRole(RoleArn role, ExternalId externalId) -> {
                refuseForeign(integration.tenant(), externalId);
                yield new PresentedAccess.Role(role, externalId);
            }
            case Access.StoredKeys keys -> vault.read(keys.secretName());
        };
        return validator.validate(integration.subject(access), scope);
    }

    private void refuseForeign(Tenant tenant, ExternalId externalId) {
        if (claims.isHeldByAnother(tenant, externalId)) {
            throw new ExternalIdRefused();
        }
    }
}
