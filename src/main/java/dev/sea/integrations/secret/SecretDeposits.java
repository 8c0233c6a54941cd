package dev.sea.integrations.secret;

import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Puts a secret away before its record exists, so that no crash leaves one that nothing points to. */
@ApplicationScoped
public class SecretDeposits {
    private final SecretMarkerStore markers;
    private final SecretDisposal disposal;
    private final SecretVault vault;

    SecretDeposits(SecretMarkerStore markers, SecretDisposal disposal, SecretVault vault) {
        this.markers = markers;
        this.disposal = disposal;
        this.vault = vault;
    }

    /** Access as it is stored: a secret is put away for it, and a marker for the secret. */
    public Access accept(Tenant tenant, IntegrationId id, PresentedAccess access, Instant now) {
        return switch (access) {
            case PresentedAccess.Role(RoleArn role, ExternalId externalId) -> new Access.AssumedRole(role, externalId);
            case PresentedAccess.Keys keys -> new Access.StoredKeys(keys.accessKeyId(), deposit(tenant, id, keys), now);
        };
    }

    /** First the marker, then the secret. Returns the secret's name. */
    private String deposit(Tenant tenant, IntegrationId id, PresentedAccess.Keys keys) {
        String name = vault.newName(tenant, id);
        markers.announce(name);
        try {
            vault.store(name, keys);
        } catch (Unavailable unknown) {
            // It may yet be made: a marker taken away now would leave it to nobody. The clean-up waits long enough.
            throw unknown;
        } catch (RuntimeException refused) {
            withdraw(name, refused);
            throw refused;
        }
        return name;
    }

    /**
     * Removes a secret whose record could not be stored, as far as possible now; the marker stays for the clean-up
     * otherwise.
     *
     * @param why gets what else went wrong as suppressed
     * @return false when the record was stored after all, and its secret is untouched
     */
    public boolean withdraw(String name, RuntimeException why) {
        try {
            return disposal.dispose(name, false);
        } catch (RuntimeException leftToCleanUp) {
            why.addSuppressed(leftToCleanUp);
            return true;
        }
    }
}
