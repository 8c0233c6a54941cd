package dev.sea.integrations.integration;

import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.validation.SecretVault;
import jakarta.enterprise.context.ApplicationScoped;

/** Puts a secret away before its record exists, so that no crash leaves one that nothing points to. */
@ApplicationScoped
class SecretDeposits {
    private final SecretMarkerStore markers;
    private final SecretVault vault;

    SecretDeposits(SecretMarkerStore markers, SecretVault vault) {
        this.markers = markers;
        this.vault = vault;
    }

    /** First the marker, then the secret. Returns the secret's name. */
    String deposit(Tenant tenant, IntegrationId id, PresentedAccess.Keys keys) {
        String name = vault.newName(tenant, id);
        markers.announce(name);
        try {
            vault.store(name, keys);
        } catch (RuntimeException failure) {
            withdraw(name, failure);
            throw failure;
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
    boolean withdraw(String name, RuntimeException why) {
        try {
            if (!markers.takeForRemoval(name)) {
                return false;
            }
            vault.deleteAtOnce(name);
            markers.remove(name);
        } catch (RuntimeException leftToCleanUp) {
            why.addSuppressed(leftToCleanUp);
        }
        return true;
    }
}
