package dev.sea.integrations.secret;

import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Stores a secret before its record exists and deletes it after its record let go of it, so that no crash leaves a secret
 * that nobody knows. Each step can be repeated.
 */
@ApplicationScoped
public class Secrets {
    private static final Logger LOG = Logger.getLogger(Secrets.class);

    private final SecretMarkerStore markers;
    private final SecretVault vault;

    Secrets(SecretMarkerStore markers, SecretVault vault) {
        this.markers = markers;
        this.vault = vault;
    }

    /** The access as its record will hold it. Keys are stored in Secrets Manager, with a marker until the record is there. */
    public Access accept(Tenant tenant, IntegrationId id, PresentedAccess access, Instant now) {
        return switch (access) {
            case PresentedAccess.Role(RoleArn role, ExternalId externalId) -> new Access.AssumedRole(role, externalId);
            case PresentedAccess.Keys keys -> new Access.StoredKeys(keys.accessKeyId(), store(tenant, id, keys), now);
        };
    }

    /**
     * Whether these are the keys that are stored. A secret that is gone or cannot be read holds no keys.
     *
     * @throws Unavailable if it may be readable later
     */
    public boolean holds(Access stored, PresentedAccess presented) {
        return stored instanceof Access.StoredKeys keys
                && presented instanceof PresentedAccess.Keys(AccessKeyId id, SecretAccessKey secret)
                && keys.accessKeyId().equals(id)
                && isStored(keys.secretName(), secret);
    }

    private boolean isStored(String name, SecretAccessKey secret) {
        try {
            return MessageDigest.isEqual(bytes(vault.read(name).secretAccessKey()), bytes(secret));
        } catch (SecretVault.Gone | SecretVault.Refused unreadable) {
            return false;
        }
    }

    private static byte[] bytes(SecretAccessKey secret) {
        return secret.reveal().getBytes(StandardCharsets.US_ASCII);
    }

    /** First the marker, then the secret. Returns the secret's name. */
    private String store(Tenant tenant, IntegrationId id, PresentedAccess.Keys keys) {
        String name = vault.newName(tenant, id);
        markers.announce(name);
        try {
            vault.store(name, keys);
        } catch (Unavailable unknown) {
            // The secret may still be made. Without its marker nobody would know it; the clean-up waits long enough.
            throw unknown;
        } catch (RuntimeException refused) {
            withdraw(name);
            throw refused;
        }
        return name;
    }

    /**
     * Deletes a secret whose record could not be stored. What fails here is left to the clean-up.
     *
     * @return false when the record was stored after all, and the secret is left alone
     */
    public boolean withdraw(String name) {
        try {
            return dispose(name, false);
        } catch (RuntimeException later) {
            LOG.infof(later, "a secret is left to the clean-up");
            return true;
        }
    }

    /** Deletes the secret that a record held before a change, if it held one. What fails here is left to the clean-up. */
    public void retire(Access former) {
        former.secret().ifPresent(name -> {
            try {
                dispose(name, true);
            } catch (RuntimeException later) {
                LOG.infof(later, "a secret is left to the clean-up");
            }
        });
    }

    /**
     * Deletes a secret, then its marker. The marker stays if Secrets Manager does not know the secret: a secret made a moment
     * ago may be unknown for a while. The clean-up looks again when it must be known.
     *
     * @param used whether a record ever pointed to it: it then stays recoverable for a week
     * @return false when a record points to it, and it is left alone
     */
    private boolean dispose(String name, boolean used) {
        if (!markers.takeForRemoval(name)) {
            return false;
        }
        if (delete(name, used)) {
            markers.remove(name);
        } else {
            LOG.infof("a secret that is not known is left to the clean-up");
        }
        return true;
    }

    /** Deletes a secret whose marker is old, then the marker. A secret that is not known now is gone. */
    void cleanUp(String name, boolean used) {
        if (markers.takeForRemoval(name)) {
            delete(name, used);
            markers.remove(name);
        }
    }

    private boolean delete(String name, boolean used) {
        return used ? vault.deleteLater(name) : vault.deleteAtOnce(name);
    }
}
