package dev.sea.integrations.secret;

import dev.sea.integrations.integration.Access;
import dev.sea.integrations.problem.Unavailable;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Deletes secrets that have a marker. Broken off anywhere, it can be done again. */
@ApplicationScoped
public class SecretDisposal {
    private static final Logger LOG = Logger.getLogger(SecretDisposal.class);

    private final SecretMarkerStore markers;
    private final SecretVault vault;

    SecretDisposal(SecretMarkerStore markers, SecretVault vault) {
        this.markers = markers;
        this.vault = vault;
    }

    /**
     * Deletes a secret, then its marker.
     *
     * @param used whether a record ever pointed to it: it then stays recoverable for a week
     * @return false when a record points to it, and it is untouched
     */
    boolean dispose(String secretName, boolean used) {
        if (!markers.takeForRemoval(secretName)) {
            return false;
        }
        if (used) {
            vault.deleteLater(secretName);
        } else {
            vault.deleteAtOnce(secretName);
        }
        markers.remove(secretName);
        return true;
    }

    /** What a record held before a change that is done: whatever goes wrong here is left to the clean-up. */
    public void retire(Access former) {
        if (former instanceof Access.StoredKeys keys) {
            try {
                dispose(keys.secretName(), true);
            } catch (Unavailable later) {
                LOG.infof(later, "a secret is left to the clean-up");
            }
        }
    }
}
