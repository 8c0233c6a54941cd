package dev.sea.integrations.probe;

import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.call.Denial;
import dev.sea.integrations.integration.Health.ObjectEncryption;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.probe.Findings.KeyFindings;
import dev.sea.integrations.probe.Findings.KeyFindings.Use;
import dev.sea.integrations.probe.Findings.ObjectFindings;
import dev.sea.integrations.report.FailureCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

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

    Answer<KeyFindings> ask(Pending<ObjectFindings> put, Pending<ObjectFindings> get) {
        return ask(put, get, _ -> Optional.empty());
    }

    /**
     * Asks KMS at once about the key that the object was encrypted with last, and about another one if {@code put} or {@code
     * get} shows that.
     */
    Pending<KeyFindings> askBeside(
            Pending<ObjectFindings> put, Pending<ObjectFindings> get, ObjectEncryption expected) {
        Encryption last = Encryption.of(expected);
        Pending<KeyFindings> early = calls.ask(() -> given(dryRuns(last)));
        BooleanSupplier stands = () -> seen(put, get).filter(last::equals).isPresent() && tellsOfDecrypt(get.await());
        return calls.ask(() -> stands.getAsBoolean()
                        ? new Answer.Unasked<KeyFindings>()
                        : ask(
                                put,
                                get,
                                seen -> Optional.of(early)
                                        .filter(_ -> seen.equals(last))
                                        .flatMap(it -> it.await().given())))
                .unless(early, stands);
    }

    /** @param known the dry runs on a key, if they have been made already */
    private Answer<KeyFindings> ask(
            Pending<ObjectFindings> put,
            Pending<ObjectFindings> get,
            Function<Encryption, Optional<KeyFindings>> known) {
        Answer<ObjectFindings> stored = put.await();
        Optional<Encryption> seen = seen(put, get);
        if (seen.isEmpty()) {
            boolean plain = stored.given().filter(ObjectFindings::written).isPresent() || readPlainly(stored, get);
            return given(KeyFindings.unasked(plain ? Use.NO : Use.UNTOLD, Optional.empty()));
        }
        Encryption encryption = seen.get();
        return given(
                withDecrypt(known.apply(encryption).orElseGet(() -> dryRuns(encryption)), encryption, get.await()));
    }

    private Optional<Encryption> seen(Pending<ObjectFindings> put, Pending<ObjectFindings> get) {
        Answer<ObjectFindings> stored = put.await();
        return shownBy(stored).or(() -> shownByRead(stored, get)).or(this::named);
    }

    /** What neither {@code put} nor {@code get} proves; nothing if the key is not known. */
    private KeyFindings dryRuns(Encryption encryption) {
        Optional<KmsCalls> asked = on(encryption);
        if (asked.isEmpty()) {
            return KeyFindings.unasked(Use.YES, Optional.empty());
        }
        Pending<Boolean> generate = calls.ask(asked.get()::generateDataKey);
        Answer<Boolean> encrypt = asked.get().encrypt();
        return new KeyFindings(Use.YES, encryption.key(), generate.await(), encrypt, new Answer.Unasked<>());
    }

    private KeyFindings withDecrypt(KeyFindings asked, Encryption encryption, Answer<ObjectFindings> read) {
        boolean ofAnother = read.given()
                .flatMap(ObjectFindings::encryption)
                .filter(it -> !it.key().equals(encryption.key()))
                .isPresent();
        return asked.encrypt().isGiven() && (ofAnother || !tellsOfDecrypt(read))
                ? on(encryption).map(kmsCalls -> asked.with(kmsCalls.decrypt())).orElse(asked)
                : asked;
    }

    /** Empty if no key is named. S3 uses keys of its own region only, so any other name is not a key to ask about. */
    private Optional<KmsCalls> on(Encryption encryption) {
        return encryption
                .key()
                .filter(arn -> arn.region().equals(target.region().id()))
                .map(arn -> kms.on(arn, encryption.context(needs.bucketArn(), needs.objectArn(S3Calls.key(target)))));
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

    /** As an earlier validation's object shows it, if none could be written now, and new ones get no other key. */
    private Optional<Encryption> shownByRead(Answer<ObjectFindings> stored, Pending<ObjectFindings> get) {
        if (stored.given().filter(ObjectFindings::written).isPresent()) {
            return Optional.empty();
        }
        Answer<ObjectFindings> read = get.await();
        return read.given()
                .flatMap(ObjectFindings::encryption)
                .or(() -> read.refusal()
                        .filter(KeyProbe::isAboutKey)
                        .map(failure -> new Encryption(
                                failure.denial().flatMap(Denial::resource).flatMap(Encryption::key), false)))
                .filter(shown -> target.kmsKey().isEmpty() || shown.key().equals(target.kmsKey()));
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
