package dev.sea.integrations.probe;

import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.integration.ObjectEncryption;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.probe.Findings.KeyFindings;
import dev.sea.integrations.probe.Findings.KeyFindings.Use;
import dev.sea.integrations.probe.Findings.ObjectFindings;
import dev.sea.integrations.report.FailureCode;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds out from S3's answers whether the bucket encrypts with KMS, and with which key. Then asks KMS what S3's answers do not
 * prove: always kms:Encrypt and kms:GenerateDataKey, and kms:Decrypt if {@code get} did not.
 */
final class KeyProbe {
    private final ParallelCalls calls;
    private final Target target;
    private final AccessNeeds needs;
    private final KmsCalls.Source kms;

    KeyProbe(ParallelCalls calls, Target target, AccessNeeds needs, KmsCalls.Source kms) {
        this.calls = calls;
        this.target = target;
        this.needs = needs;
        this.kms = kms;
    }

    /**
     * @param expected how the object was encrypted last. KMS is then asked about this key at once, and once more about another
     *     one if {@code put} or {@code get} shows that
     */
    Answer<KeyFindings> ask(
            Pending<ObjectFindings> put, Pending<ObjectFindings> get, Optional<ObjectEncryption> expected) {
        Optional<DryRuns> early = expected.map(Encryption::of).flatMap(this::dryRuns);
        Answer<ObjectFindings> stored = put.await();
        Optional<Encryption> encryption =
                shownBy(stored).or(() -> shownByRead(stored, get)).or(this::named);
        if (encryption.isEmpty()) {
            boolean plain = stored.given().filter(ObjectFindings::written).isPresent() || readPlainly(stored, get);
            return given(KeyFindings.unasked(plain ? Use.NO : Use.UNTOLD, Optional.empty()));
        }
        return given(early.filter(it -> it.of().equals(encryption.get()))
                .or(() -> dryRuns(encryption.get()))
                .map(asked -> findings(asked, get))
                .orElseGet(() -> KeyFindings.unasked(Use.YES, Optional.empty())));
    }

    /** The calls on one key that neither {@code put} nor {@code get} makes superfluous. */
    private record DryRuns(
            Encryption of, KmsKeyArn key, KmsCalls kms, Pending<Boolean> generateDataKey, Answer<Boolean> encrypt) {}

    /** Empty if no key is named. S3 uses keys of its own region only, so any other name is not a key to ask about. */
    private Optional<DryRuns> dryRuns(Encryption encryption) {
        return encryption
                .key()
                .filter(arn -> arn.region().equals(target.region().id()))
                .map(arn -> {
                    KmsCalls on =
                            kms.on(arn, encryption.context(needs.bucketArn(), needs.objectArn(S3Calls.key(target))));
                    Pending<Boolean> generate = calls.ask(on::generateDataKey);
                    return new DryRuns(encryption, arn, on, generate, on.encrypt());
                });
    }

    private static KeyFindings findings(DryRuns asked, Pending<ObjectFindings> get) {
        Answer<ObjectFindings> read = get.await();
        Answer<?> decrypt =
                asked.encrypt().isGiven() && !tellsOfDecrypt(read) ? asked.kms().decrypt() : new Answer.Unasked<>();
        return new KeyFindings(
                Use.YES, Optional.of(asked.key()), asked.generateDataKey().await(), asked.encrypt(), decrypt);
    }

    /** As put's answer shows it, or KMS's denial in that. */
    private Optional<Encryption> shownBy(Answer<ObjectFindings> stored) {
        Optional<AwsFailure> refusal = stored.refusal().filter(KeyProbe::isAboutKey);
        return stored.given()
                .flatMap(ObjectFindings::encryption)
                .or(() -> refusal.map(failure -> new Encryption(
                        failure.denial()
                                .flatMap(Denial::resource)
                                .flatMap(Encryption::key)
                                .or(target::kmsKey),
                        false)));
    }

    /** As an earlier validation's object shows it, if none could be written now. */
    private static Optional<Encryption> shownByRead(Answer<ObjectFindings> stored, Pending<ObjectFindings> get) {
        if (stored.given().filter(ObjectFindings::written).isPresent()) {
            return Optional.empty();
        }
        Answer<ObjectFindings> read = get.await();
        return read.given()
                .flatMap(ObjectFindings::encryption)
                .or(() -> read.refusal()
                        .filter(KeyProbe::isAboutKey)
                        .map(failure -> new Encryption(
                                failure.denial().flatMap(Denial::resource).flatMap(Encryption::key), false)));
    }

    private static boolean readPlainly(Answer<ObjectFindings> stored, Pending<ObjectFindings> get) {
        return stored.isGiven() && get.await().isGiven();
    }

    private Optional<Encryption> named() {
        return target.kmsKey().map(key -> new Encryption(Optional.of(key), false));
    }

    private static boolean tellsOfDecrypt(Answer<ObjectFindings> read) {
        return read.given().flatMap(ObjectFindings::encryption).isPresent()
                || read.refusal().filter(KeyProbe::isAboutKey).isPresent();
    }

    static boolean isAboutKey(AwsFailure failure) {
        return failure.code() == FailureCode.KMS_KEY_UNUSABLE
                || failure.denial().filter(Denial::byKms).isPresent();
    }

    private static Answer<KeyFindings> given(KeyFindings findings) {
        return new Answer.Given<>(findings, Optional.empty(), Duration.ZERO);
    }
}
