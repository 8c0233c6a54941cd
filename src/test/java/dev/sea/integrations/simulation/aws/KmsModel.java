package dev.sea.integrations.simulation.aws;

import dev.sea.integrations.simulation.aws.StsModel.Identity;
import dev.sea.integrations.simulation.aws.StsModel.Principal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsException;

/**
 * KMS in memory, as far as the service uses it: symmetric keys that leave rights to IAM. It encrypts nothing: a ciphertext is
 * the plaintext behind the key's ARN and the encryption context.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html">Testing your permissions</a>
 */
public final class KmsModel implements KmsClient {
    private static final int PRECONDITION_FAILED = 412;

    private final StsModel sts;
    private final Map<String, Boolean> enabled = new HashMap<>();
    private final Set<Right> rights = new HashSet<>();

    public KmsModel(StsModel sts) {
        this.sts = sts;
    }

    private record Right(String owner, String key, String action) {}

    /** Makes a key, or enables it again. */
    void addKey(String keyArn) {
        enabled.put(keyArn, true);
    }

    void disableKey(String keyArn) {
        enabled.put(keyArn, false);
    }

    /**
     * Gives a user or role rights.
     *
     * @param actions such as {@code kms:Decrypt}
     */
    void allow(String owner, String keyArn, String... actions) {
        List.of(actions).forEach(action -> rights.add(new Right(owner, keyArn, action)));
    }

    /** Takes rights away. */
    void refuse(String owner, String keyArn, String... actions) {
        List.of(actions).forEach(action -> rights.remove(new Right(owner, keyArn, action)));
    }

    boolean isAllowed(Principal principal, String keyArn, String action) {
        return enabled.containsKey(keyArn) && rights.contains(new Right(principal.owner(), keyArn, action));
    }

    boolean isDisabled(String keyArn) {
        return Boolean.FALSE.equals(enabled.get(keyArn));
    }

    /** KMS's sentence. Across accounts it names no key. */
    String denial(Principal principal, String keyArn, String action) {
        boolean own = principal.account().equals(StsModel.accountOf(keyArn));
        return "User: " + principal.arn() + " is not authorized to perform: " + action
                + (own
                        ? " on resource: " + keyArn + " because no identity-based policy allows the " + action
                                + " action"
                        : " on this resource because the resource does not exist in this Region, no resource-based policies"
                                + " allow access, or a resource-based policy explicitly denies access");
    }

    @Override
    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
        check(request, request.keyId(), "kms:GenerateDataKey", Boolean.TRUE.equals(request.dryRun()));
        SdkBytes key = SdkBytes.fromByteArray(new byte[32]);
        return AwsErrors.answer(GenerateDataKeyResponse.builder()
                        .keyId(request.keyId())
                        .plaintext(key)
                        .ciphertextBlob(ciphertext(request.keyId(), request.encryptionContext(), key)))
                .build();
    }

    @Override
    public EncryptResponse encrypt(EncryptRequest request) {
        check(request, request.keyId(), "kms:Encrypt", Boolean.TRUE.equals(request.dryRun()));
        return AwsErrors.answer(EncryptResponse.builder()
                        .keyId(request.keyId())
                        .ciphertextBlob(ciphertext(request.keyId(), request.encryptionContext(), request.plaintext())))
                .build();
    }

    @Override
    public DecryptResponse decrypt(DecryptRequest request) {
        String start = start(request.keyId(), request.encryptionContext());
        String ciphertext = request.ciphertextBlob().asString(StandardCharsets.ISO_8859_1);
        if (!ciphertext.startsWith(start)) {
            throw AwsErrors.with(InvalidCiphertextException.builder(), "InvalidCiphertextException", "")
                    .build();
        }
        check(request, request.keyId(), "kms:Decrypt", Boolean.TRUE.equals(request.dryRun()));
        return AwsErrors.answer(DecryptResponse.builder()
                        .keyId(request.keyId())
                        .plaintext(
                                SdkBytes.fromString(ciphertext.substring(start.length()), StandardCharsets.ISO_8859_1)))
                .build();
    }

    private static SdkBytes ciphertext(String key, Map<String, String> context, SdkBytes plaintext) {
        return SdkBytes.fromString(
                start(key, context) + plaintext.asString(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    }

    private static String start(String key, Map<String, String> context) {
        return key + "\n" + context + "\n";
    }

    private void check(AwsRequest request, String keyArn, String action, boolean dryRun) {
        Principal principal = caller(request);
        if (!isAllowed(principal, keyArn, action)) {
            throw AwsErrors.with(KmsException.builder(), "AccessDeniedException", denial(principal, keyArn, action))
                    .build();
        }
        if (isDisabled(keyArn)) {
            throw AwsErrors.with(DisabledException.builder(), "DisabledException", keyArn + " is disabled.")
                    .build();
        }
        if (dryRun) {
            throw AwsErrors.with(
                            DryRunOperationException.builder(),
                            PRECONDITION_FAILED,
                            "DryRunOperationException",
                            "The request would have succeeded, but the DryRun option is set.")
                    .build();
        }
    }

    private Principal caller(AwsRequest request) {
        return switch (sts.identity(request)) {
            case Identity.Valid(Principal principal) -> principal;
            case Identity.Expired _ ->
                throw refused("ExpiredTokenException", "The security token included in the request is expired");
            case Identity.WrongSecret _ ->
                throw refused(
                        "InvalidSignatureException",
                        "The request signature we calculated does not match the signature you provided.");
            case Identity.Anonymous _ ->
                throw refused("MissingAuthenticationTokenException", "Request is missing Authentication Token");
            case Identity.Unknown _ ->
                throw refused("UnrecognizedClientException", "The security token included in the request is invalid.");
        };
    }

    private static RuntimeException refused(String code, String message) {
        return AwsErrors.with(KmsException.builder(), code, message).build();
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
