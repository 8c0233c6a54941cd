package dev.sea.integrations.validation;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.report.ValidationReport;
import java.util.Optional;

/**
 * A report and what else the validation learned.
 *
 * @param owner the bucket's owner, if S3 confirmed it; later validations then expect this owner
 */
public record Proof(ValidationReport report, Optional<AccountId> owner) {}
