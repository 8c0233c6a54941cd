package dev.sea.integrations.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.client.Availability;
import dev.sea.integrations.client.AwsConfig;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.security.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Customers' keys in Secrets Manager, as {@code {accessKeyId, secretAccessKey}}. A secret is never changed in place. Nothing is
 * kept in memory here: every validation reads it again, and grants keep what they read for some minutes.
 */
@ApplicationScoped
public class SecretVault {
    private static final String ACCESS_KEY_ID = "accessKeyId";
    private static final String SECRET_ACCESS_KEY = "secretAccessKey";
    private static final int NAME_BYTES = 16;
    private static final long RECOVERY_DAYS = 7;

    private final SecretsManagerClient secrets;
    private final ObjectMapper json;
    private final String prefix;
    private final Optional<String> key;
    private final RandomGenerator random;

    public SecretVault(SecretsManagerClient secrets, ObjectMapper json, AwsConfig config, RandomGenerator random) {
        this.secrets = secrets;
        this.json = json;
        this.prefix = config.secretsPrefix();
        this.key = config.secretsKey();
        this.random = random;
    }

    /** The secret is not there, or about to be deleted. */
    public static final class Gone extends Exception {
        Gone(Throwable cause) {
            super(cause);
        }
    }

    /** Secrets Manager does not give the secret, and the fault is ours: a permission, the KMS key, or what is stored. */
    public static final class Refused extends Exception {
        Refused(Throwable cause) {
            super(cause);
        }
    }

    /** A new name each time: numbers would collide between two edits, and the name of a deleted secret is blocked for days. */
    public String newName(Tenant tenant, IntegrationId id) {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        return prefix + "/" + tenant.id() + "/" + id.value() + "/"
                + HexFormat.of().formatHex(bytes);
    }

    public void store(String name, PresentedAccess.Keys keys) {
        String value = json.createObjectNode()
                .put(ACCESS_KEY_ID, keys.accessKeyId().value())
                .put(SECRET_ACCESS_KEY, keys.secretAccessKey().reveal())
                .toString();
        try {
            Availability.required(() -> secrets.createSecret(
                    request -> request.name(name).secretString(value).kmsKeyId(key.orElse(null))));
        } catch (ResourceExistsException ownFirstAttempt) {
            // The SDK repeated a call whose answer got lost. The name has 128 random bits, so nobody else can have it.
        }
    }

    /**
     * Reads a secret.
     *
     * @throws dev.sea.integrations.problem.Unavailable if it may be readable later
     */
    public PresentedAccess.Keys read(String name) throws Gone, Refused {
        try {
            return keys(Availability.required(() -> secrets.getSecretValue(request -> request.secretId(name)))
                    .secretString());
        } catch (ResourceNotFoundException gone) {
            throw new Gone(gone);
        } catch (InvalidRequestException markedForDeletion) {
            throw new Gone(markedForDeletion);
        } catch (SdkException refused) {
            throw new Refused(refused);
        }
    }

    private PresentedAccess.Keys keys(String value) throws Refused {
        try {
            JsonNode members = json.readTree(value);
            return new PresentedAccess.Keys(
                    new AccessKeyId(members.path(ACCESS_KEY_ID).textValue()),
                    new SecretAccessKey(members.path(SECRET_ACCESS_KEY).textValue()));
        } catch (JsonProcessingException unreadable) {
            // Without the cause, whose message quotes the secret.
            throw new Refused(new IllegalStateException("a stored secret is not JSON"));
        }
    }

    /**
     * Deletes a secret that a record pointed to; it stays recoverable for a week.
     *
     * @return false when Secrets Manager does not know the secret: it is gone, or was made so recently that not every part of
     *     Secrets Manager has heard of it
     */
    public boolean deleteLater(String name) {
        try {
            Availability.required(
                    () -> secrets.deleteSecret(request -> request.secretId(name).recoveryWindowInDays(RECOVERY_DAYS)));
            return true;
        } catch (ResourceNotFoundException unknown) {
            return false;
        } catch (InvalidRequestException goingAlready) {
            // An earlier attempt got through.
            return true;
        }
    }

    /**
     * Deletes a secret that no record ever pointed to.
     *
     * @return false when Secrets Manager does not know the secret, as in {@link #deleteLater}
     */
    public boolean deleteAtOnce(String name) {
        try {
            Availability.required(
                    () -> secrets.deleteSecret(request -> request.secretId(name).forceDeleteWithoutRecovery(true)));
            return true;
        } catch (ResourceNotFoundException unknown) {
            return false;
        }
    }
}
