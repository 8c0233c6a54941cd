package dev.sea.integrations.validation;

import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.call.Denial;
import dev.sea.integrations.policy.AccessNeeds;
import dev.sea.integrations.policy.NeededAction;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.probe.Findings.KeyFindings;
import dev.sea.integrations.probe.Findings.KeyFindings.Use;
import dev.sea.integrations.probe.Findings.ObjectFindings;
import dev.sea.integrations.probe.ObjectProbe;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.Outcome.Passed;
import dev.sea.integrations.report.Outcome.Skipped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code kms}: SEA may use the key that the bucket encrypts with.
 *
 * <p>A grant on {@code kms:ViaService}, and the AWS managed key, let S3 use the key and deny every direct call. That must not
 * fail. So direct calls count only where they agree with S3: a denied kms:Encrypt is a failure where a direct
 * kms:GenerateDataKey is allowed, or where S3 was denied too. Where nothing was written, since the object is there and is only
 * created, S3 says nothing about kms:GenerateDataKey. There a direct denial is a failure if direct calls used to be allowed.
 *
 * @param denialCounts whether a direct denial then counts by itself
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service">
 *     kms:ViaService</a>
 */
record KeyJudge(boolean denialCounts, Diagnosis diagnosis) implements Judge {

    @Override
    public Check judge(Findings found) {
        KeyFindings keys = found.key().given().orElse(KeyFindings.unasked(Use.UNTOLD, Optional.empty()));
        Outcome outcome = outcome(found, keys);
        Map<NeededAction, AwsFailure> missing = missing(found, keys);
        // Where direct calls prove nothing, put and get have proved that S3 may use the key.
        boolean required =
                found.key().refusal().isPresent() || (keys.use() == Use.YES && !(outcome instanceof Skipped));
        return new Check(
                CheckId.KMS,
                ids(missing.isEmpty() ? AccessNeeds.KEY_ACTIONS : List.copyOf(missing.keySet())),
                keys.key().map(KmsKeyArn::value).orElse("*"),
                required,
                outcome,
                took(keys),
                keys.encrypt().requestId().or(() -> keys.generateDataKey().requestId()));
    }

    private Outcome outcome(Findings found, KeyFindings keys) {
        return Judge.untried(found).orElseGet(() -> answered(found, keys));
    }

    private Outcome answered(Findings found, KeyFindings keys) {
        Optional<AwsFailure> cut = found.key().refusal();
        if (cut.isPresent()) {
            return diagnosis.unknown(cut.get());
        }
        return switch (keys.use()) {
            case NO -> new Skipped("The bucket does not encrypt with KMS.");
            case UNTOLD ->
                new Skipped("No object could be written or read that would show whether the bucket encrypts with KMS.");
            case YES -> ofKey(found, keys);
        };
    }

    private Outcome ofKey(Findings found, KeyFindings keys) {
        Optional<AwsFailure> unusable = Stream.of(
                        found.of(ObjectProbe.PUT), found.of(ObjectProbe.GET), keys.generateDataKey(), keys.encrypt())
                .flatMap(answer -> answer.refusal().stream())
                .filter(failure -> failure.code() == FailureCode.KMS_KEY_UNUSABLE)
                .findFirst();
        if (unusable.isPresent()) {
            return diagnosis.ofUnusableKey(unusable.get());
        }
        Optional<AwsFailure> unknownKey = direct(keys)
                .flatMap(answer -> answer.refusal().stream())
                .filter(AwsFailure::isUnknownKey)
                .findFirst();
        if (unknownKey.isPresent()) {
            return diagnosis.ofKeyUnknownTo("KMS", unknownKey.get());
        }
        Map<NeededAction, AwsFailure> missing = missing(found, keys);
        if (!missing.isEmpty()) {
            return diagnosis.ofKey(missing.values().iterator().next(), List.copyOf(missing.keySet()), keys.key());
        }
        if (keys.key().isEmpty()) {
            return new Skipped("S3 does not name the key, so KMS cannot be asked about it.");
        }
        Optional<AwsFailure> unlearned = direct(keys)
                .flatMap(answer -> answer.refusal().stream())
                .filter(AwsFailure::isUnlearned)
                .findFirst();
        if (unlearned.isPresent()) {
            return diagnosis.unknown(unlearned.get());
        }
        if (keys.generateDataKey().isGiven()) {
            return new Passed("SEA may use the key for everything it does.");
        }
        return found.of(ObjectProbe.PUT).given().filter(KeyJudge::mayHaveOldKey).isPresent()
                ? new Skipped(
                        "SEA may not overwrite its object, so that may have an earlier key of the bucket. KMS denies"
                                + " direct calls on that key, which proves nothing about new objects.")
                : new Skipped("S3 may use the key for " + diagnosis.principal()
                        + ", but KMS denies direct calls, so they prove nothing here.");
    }

    private static boolean mayHaveOldKey(ObjectFindings stored) {
        return stored.onlyCreated() && !stored.written();
    }

    /** The actions that are denied, each with the failure that says so. */
    private Map<NeededAction, AwsFailure> missing(Findings found, KeyFindings keys) {
        Map<NeededAction, AwsFailure> missing = new EnumMap<>(NeededAction.class);
        refusedByKms(found.of(ObjectProbe.PUT))
                .ifPresent(failure -> missing.put(NeededAction.GENERATE_DATA_KEY, failure));
        refusedByKms(found.of(ObjectProbe.GET)).ifPresent(failure -> missing.put(NeededAction.DECRYPT, failure));
        boolean unproved = found.of(ObjectProbe.PUT)
                .given()
                .filter(stored -> !stored.written())
                .isPresent();
        if (unproved && denialCounts) {
            denied(keys.generateDataKey()).ifPresent(failure -> missing.put(NeededAction.GENERATE_DATA_KEY, failure));
        }
        boolean directCounts = keys.generateDataKey().isGiven() || missing.containsKey(NeededAction.GENERATE_DATA_KEY);
        if (directCounts) {
            denied(keys.encrypt()).ifPresent(failure -> missing.put(NeededAction.ENCRYPT, failure));
            denied(keys.decrypt()).ifPresent(failure -> missing.putIfAbsent(NeededAction.DECRYPT, failure));
        }
        return missing;
    }

    private static Optional<AwsFailure> refusedByKms(Answer<?> answer) {
        return answer.refusal()
                .filter(failure -> failure.denial().filter(Denial::byKms).isPresent());
    }

    private static Optional<AwsFailure> denied(Answer<?> answer) {
        return answer.refusal().filter(AwsFailure::isDenial);
    }

    private static Stream<Answer<?>> direct(KeyFindings keys) {
        return Stream.of(keys.generateDataKey(), keys.encrypt(), keys.decrypt());
    }

    private static Duration took(KeyFindings keys) {
        return Duration.ofNanos(
                direct(keys).mapToLong(answer -> answer.took().toNanos()).max().orElse(0));
    }

    private static String ids(List<NeededAction> actions) {
        return new ArrayList<>(actions).stream().map(NeededAction::id).collect(Collectors.joining(", "));
    }
}
