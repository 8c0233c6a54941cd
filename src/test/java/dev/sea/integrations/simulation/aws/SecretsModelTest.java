package dev.sea.integrations.simulation.aws;

import dev.sea.integrations.simulation.aws.Differential.Difference;
import dev.sea.integrations.testing.Account;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DeleteSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerRequest;

/** The model of Secrets Manager answers as the local AWS does. */
class SecretsModelTest {
    private static final List<String> NAMES = List.of("one", "two");
    private static final Answers ANSWERS =
            new Answers(Set.of("ARN", "VersionId", "VersionStages", "CreatedDate", "DeletionDate"), false);

    @Test
    void answersRandomCallsAsTheLocalAwsDoes() {
        new Differential<>(SecretsModelTest::sequence, SecretsModelTest::difference)
                .check(Long.getLong("models.seed", 1), Integer.getInteger("models.seeds", 5));
    }

    private static List<SecretsManagerRequest> sequence(RandomGenerator random) {
        return IntStream.range(0, 20)
                .<SecretsManagerRequest>mapToObj(_ -> call(random, NAMES.get(random.nextInt(NAMES.size()))))
                .toList();
    }

    private static SecretsManagerRequest call(RandomGenerator random, String name) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                CreateSecretRequest.builder()
                        .name(name)
                        .secretString("value " + random.nextInt(2))
                        .clientRequestToken("00000000-0000-0000-0000-00000000000" + random.nextInt(2))
                        .build();
            case 3 ->
                DeleteSecretRequest.builder()
                        .secretId(name)
                        .recoveryWindowInDays(7L)
                        .build();
            case 4 ->
                DeleteSecretRequest.builder()
                        .secretId(name)
                        .recoveryWindowInDays(random.nextBoolean() ? 3L : 31L)
                        .build();
            case 5 ->
                DeleteSecretRequest.builder()
                        .secretId(name)
                        .forceDeleteWithoutRecovery(true)
                        .recoveryWindowInDays(random.nextInt(4) == 0 ? 7L : null)
                        .build();
            default -> GetSecretValueRequest.builder().secretId(name).build();
        };
    }

    private static Optional<Difference> difference(List<SecretsManagerRequest> calls) {
        String start = "simulated-" + UUID.randomUUID() + "/";
        SecretsModel model = new SecretsModel(InstantSource.system());
        SecretsManagerClient aws = Account.SERVICE.secretsManager();
        Stream<SecretsManagerRequest> cleanUp = NAMES.stream()
                .map(name -> DeleteSecretRequest.builder()
                        .secretId(name)
                        .forceDeleteWithoutRecovery(true)
                        .build());
        List<SecretsManagerRequest> all = Stream.concat(calls.stream(), cleanUp).toList();
        Difference first = null;
        for (int at = 0; at < all.size(); at++) {
            SecretsManagerRequest call = all.get(at);
            String ofModel = ANSWERS.of(() -> call(model, call, start));
            String ofAws = ANSWERS.of(() -> call(aws, call, start));
            if (first == null && !ofModel.equals(ofAws)) {
                first = new Difference(Math.min(at, calls.size() - 1), ofModel, ofAws);
            }
        }
        return Optional.ofNullable(first);
    }

    /** @param start of the names of this trial: other tests have secrets too */
    private static Object call(SecretsManagerClient client, SecretsManagerRequest call, String start) {
        return switch (call) {
            case CreateSecretRequest create ->
                client.createSecret(
                        create.toBuilder().name(start + create.name()).build());
            case DeleteSecretRequest delete ->
                client.deleteSecret(
                        delete.toBuilder().secretId(start + delete.secretId()).build());
            case GetSecretValueRequest get ->
                client.getSecretValue(
                        get.toBuilder().secretId(start + get.secretId()).build());
            default -> throw new IllegalArgumentException(call.toString());
        };
    }
}
