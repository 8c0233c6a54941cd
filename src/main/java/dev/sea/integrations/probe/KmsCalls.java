package dev.sea.integrations.probe;

import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.EncryptResponse;

/**
 * Asks KMS by dry runs what the caller may do with a key. A dry run does nothing and always fails; KMS says {@code
 * DryRunOperationException} if the call was allowed.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html">Testing your
 *     permissions</a>
 */
final class KmsCalls {
    private static final SdkBytes PLAINTEXT = SdkBytes.fromString("sea-validation", StandardCharsets.UTF_8);

    private final KmsClient kms;
    private final KmsKeyArn key;
    private final Map<String, String> context;
    private final AwsRequestOverrideConfiguration credentials;

    private KmsCalls(KmsClient kms, KmsKeyArn key, Map<String, String> context, Session session) {
        this.kms = kms;
        this.key = key;
        this.context = context;
        this.credentials = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(session.credentials())
                .build();
    }

    /** Where the calls go and with which credentials, before the key is known. */
    record Source(KmsClient kms, Session session) {

        /** @param context S3's own encryption context */
        KmsCalls on(KmsKeyArn key, Map<String, String> context) {
            return new KmsCalls(kms, key, context, session);
        }
    }

    Answer<Boolean> generateDataKey() {
        return dryRun(() -> kms.generateDataKey(r -> r.keyId(key.value())
                .keySpec(DataKeySpec.AES_256)
                .encryptionContext(context)
                .dryRun(true)
                .overrideConfiguration(credentials)));
    }

    Answer<Boolean> encrypt() {
        return dryRun(() -> kms.encrypt(r -> r.keyId(key.value())
                .plaintext(PLAINTEXT)
                .encryptionContext(context)
                .dryRun(true)
                .overrideConfiguration(credentials)));
    }

    /** Needs a real ciphertext, since KMS looks at that first. So this encrypts a text that is not secret. */
    Answer<Boolean> decrypt() {
        Answer<EncryptResponse> encrypted = Answer.to(
                () -> kms.encrypt(r -> r.keyId(key.value())
                        .plaintext(PLAINTEXT)
                        .encryptionContext(context)
                        .overrideConfiguration(credentials)),
                response -> response.ciphertextBlob() != null);
        return switch (encrypted) {
            case Answer.Given<EncryptResponse>(EncryptResponse response, Optional<String> _, Duration _) ->
                dryRun(() -> kms.decrypt(r -> r.keyId(key.value())
                        .ciphertextBlob(response.ciphertextBlob())
                        .encryptionContext(context)
                        .dryRun(true)
                        .overrideConfiguration(credentials)));
            case Answer.Refused<EncryptResponse>(AwsFailure failure, Duration took) ->
                new Answer.Refused<>(failure.isUnlearned() ? failure : AwsFailure.UNEXPECTED, took);
            case Answer.Unasked<EncryptResponse> _ -> new Answer.Unasked<>();
        };
    }

    /** A success would mean that KMS used the key after all, so it counts as an unexpected answer. */
    private static <T extends AwsResponse> Answer<Boolean> dryRun(Supplier<T> call) {
        Answer<T> answer = Answer.to(call, _ -> false);
        return answer.refusal().filter(AwsFailure::isDryRunSuccess).isPresent()
                ? new Answer.Given<>(true, answer.requestId(), answer.took())
                : answer.map(_ -> true);
    }
}
