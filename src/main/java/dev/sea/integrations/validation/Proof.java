package dev.sea.integrations.validation;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.integration.Health.ObjectEncryption;
import dev.sea.integrations.report.ValidationReport;
import java.util.Optional;

/**
 * A report and what else the validation learned.
 *
 * @param owner the bucket's owner, if S3 confirmed it; later validations then expect this owner
 * @param encryption of the object in the bucket; empty if it is not by KMS, or not known
 */
public record Proof(ValidationReport report, Optional<AccountId> owner, Optional<ObjectEncryption> encryption) {}
