package dev.sea.integrations.inspection;

import dev.sea.integrations.advice.AdviceWriter;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Health.ObjectEncryption;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.posture.Kept;
import dev.sea.integrations.posture.Sightings.Sighting;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.probe.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads what a validation's answers tell of the bucket besides. What they do not tell is left out. */
public final class Inspector {
    private final Subject subject;
    private final Instant startedAt;
    private final Map<AdviceCode, Sighting> seen = new EnumMap<>(AdviceCode.class);

    private Inspector(Subject subject, Instant startedAt) {
        this.subject = subject;
        this.startedAt = startedAt;
    }

    /** What the answers tell. */
    public static Map<AdviceCode, Sighting> seen(Subject subject, Findings found, Instant startedAt) {
        Inspector inspector = new Inspector(subject, startedAt);
        found.kept().ifPresent(inspector::inspect);
        inspector.compareKeys(found.encryption());
        if (subject.access() instanceof PresentedAccess.Role role) {
            inspector.see(AdviceCode.GUESSABLE_EXTERNAL_ID, role.externalId().isGuessable());
        }
        return inspector.seen;
    }

    private void inspect(Kept kept) {
        kept.versioned().ifPresent(versioned -> see(AdviceCode.NOT_VERSIONED, !versioned));
        seen.put(
                AdviceCode.EXPIRES,
                kept.expiry()
                        .map(expiry -> new Sighting(true, AdviceWriter.expiry(days(kept, expiry), expiry.rule())))
                        .orElse(Sighting.NOT_THERE));
        seen.put(
                AdviceCode.NO_BUCKET_KEY,
                kept.bucketKey().filter(used -> !used).isPresent()
                        ? new Sighting(true, kept.key().map(KmsKeyArn::value).orElse(""))
                        : Sighting.NOT_THERE);
    }

    /** Whole days: S3 deletes at the midnight after the rule's days. */
    private long days(Kept kept, Kept.Expiry expiry) {
        return Math.max(
                0,
                Duration.between(kept.writtenAt().orElse(startedAt), expiry.at())
                        .toDays());
    }

    private void compareKeys(Optional<ObjectEncryption> now) {
        Optional<KmsKeyArn> before =
                subject.standingPass().flatMap(Health.FullPass::encryption).map(ObjectEncryption::key);
        Optional<KmsKeyArn> after = now.map(ObjectEncryption::key);
        if (before.isPresent() && after.isPresent() && !before.equals(after)) {
            seen.put(
                    AdviceCode.KEY_CHANGED,
                    new Sighting(true, before.get().value() + " " + after.get().value()));
        }
    }

    private void see(AdviceCode code, boolean there) {
        seen.put(code, Sighting.of(there));
    }
}
