package dev.sea.integrations.validation;

import dev.sea.integrations.advice.Advice;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.integration.Health.ObjectEncryption;
import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.posture.Sightings;
import dev.sea.integrations.posture.Sightings.Sighting;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.ValidationReport;
import java.util.List;
import java.util.Optional;

/**
 * A report and what else the validation learned.
 *
 * @param owner the bucket's owner, if S3 confirmed it; later validations then expect this owner
 * @param encryption of the object in the bucket; empty if it is not by KMS, or not known
 * @param sightings what else the answers tell
 */
public record Proof(
        ValidationReport report,
        Optional<AccountId> owner,
        Optional<ObjectEncryption> encryption,
        Sightings sightings) {

    /** Of answers that tell nothing else. */
    public Proof(ValidationReport report, Optional<AccountId> owner, Optional<ObjectEncryption> encryption) {
        this(report, owner, encryption, Sightings.NONE);
    }

    /** The same, having seen one thing more. */
    public Proof seeing(AdviceCode code, Sighting sighting) {
        return new Proof(report, owner, encryption, sightings.with(code, sighting));
    }

    /** The same with one check more, which changes no status. */
    public Proof checking(Check check) {
        return new Proof(report.checking(check), owner, encryption, sightings);
    }

    /** The same with this advice in its report. */
    public Proof advising(List<Advice> advice) {
        return new Proof(report.advising(advice), owner, encryption, sightings);
    }
}
