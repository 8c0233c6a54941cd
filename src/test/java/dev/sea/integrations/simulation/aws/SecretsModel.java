package dev.sea.integrations.simulation.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Secrets Manager in memory, as far as the service uses it: secrets of one version, found by name.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html">DeleteSecret</a>
 */
public final class SecretsModel implements SecretsManagerClient {
    private static final int SHORTEST_WINDOW = 7;
    private static final int LONGEST_WINDOW = 30;
    private static final String ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:";

    private final InstantSource time;
    private final SequencedMap<String, Secret> secrets = new TreeMap<>();

    public SecretsModel(InstantSource time) {
        this.time = time;
    }

    /**
     * A secret.
     *
     * @param token by which its creation is known again; empty where the request had none
     * @param deletion when it will be deleted; empty unless that is planned
     */
    public record Secret(String name, String value, Optional<String> token, Optional<Instant> deletion) {

        String arn() {
            return ARN + name + "-000000";
        }

        @Override
        public String toString() {
            return name + deletion.map(at -> " until " + at).orElse("");
        }
    }

    /** All secrets by name, those that are to be deleted included. */
    public Map<String, Secret> secrets() {
        return Map.copyOf(secrets);
    }

    /** Deletes the secrets whose recovery window is over. */
    public void expire() {
        Instant now = time.instant();
        secrets.values()
                .removeIf(secret ->
                        secret.deletion().filter(at -> !at.isAfter(now)).isPresent());
    }

    @Override
    public CreateSecretResponse createSecret(CreateSecretRequest request) {
        Secret known = secrets.get(request.name());
        Secret wanted = new Secret(
                request.name(),
                request.secretString(),
                Optional.ofNullable(request.clientRequestToken()),
                Optional.empty());
        if (known != null && known.deletion().isPresent()) {
            throw AwsErrors.with(
                            InvalidRequestException.builder(),
                            "InvalidRequestException",
                            "You can't create this secret because a secret with this name is already scheduled for"
                                    + " deletion.")
                    .build();
        }
        boolean repeated = known != null && known.token().isPresent() && known.equals(wanted);
        if (known != null && !repeated) {
            throw AwsErrors.with(
                            ResourceExistsException.builder(),
                            "ResourceExistsException",
                            "The operation failed because the secret " + request.name() + " already exists.")
                    .build();
        }
        secrets.put(request.name(), wanted);
        return CreateSecretResponse.builder()
                .name(wanted.name())
                .arn(wanted.arn())
                .build();
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
        Secret secret = secrets.get(request.secretId());
        if (secret == null) {
            throw notFound("Secrets Manager can't find the specified secret.");
        }
        if (secret.deletion().isPresent()) {
            throw AwsErrors.with(
                            InvalidRequestException.builder(),
                            "InvalidRequestException",
                            "You can't perform this operation on the secret because it was marked for deletion.")
                    .build();
        }
        return GetSecretValueResponse.builder()
                .name(secret.name())
                .arn(secret.arn())
                .secretString(secret.value())
                .build();
    }

    /** Deletes at once if forced, also a secret that is to be deleted later, and one that does not exist. */
    @Override
    public DeleteSecretResponse deleteSecret(DeleteSecretRequest request) {
        boolean forced = Boolean.TRUE.equals(request.forceDeleteWithoutRecovery());
        if (forced && request.recoveryWindowInDays() != null) {
            throw invalid("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        long window = request.recoveryWindowInDays() == null ? LONGEST_WINDOW : request.recoveryWindowInDays();
        if (window < SHORTEST_WINDOW || window > LONGEST_WINDOW) {
            throw invalid("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        }
        Instant now = time.instant();
        Secret secret = secrets.get(request.secretId());
        if (forced) {
            secrets.remove(request.secretId());
            return DeleteSecretResponse.builder()
                    .name(request.secretId())
                    .deletionDate(now)
                    .build();
        }
        if (secret == null) {
            throw notFound("Secrets Manager can't find the specified secret.");
        }
        if (secret.deletion().isPresent()) {
            throw AwsErrors.with(
                            InvalidRequestException.builder(),
                            "InvalidRequestException",
                            "You can't perform this operation on the secret because it was already scheduled for"
                                    + " deletion.")
                    .build();
        }
        Instant deletion = now.plus(Duration.ofDays(window));
        secrets.put(secret.name(), new Secret(secret.name(), secret.value(), secret.token(), Optional.of(deletion)));
        return DeleteSecretResponse.builder()
                .name(secret.name())
                .arn(secret.arn())
                .deletionDate(deletion)
                .build();
    }

    private static RuntimeException notFound(String message) {
        return AwsErrors.with(ResourceNotFoundException.builder(), "ResourceNotFoundException", message)
                .build();
    }

    private static RuntimeException invalid(String message) {
        return AwsErrors.with(InvalidParameterException.builder(), "InvalidParameterException", message)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
