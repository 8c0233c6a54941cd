package dev.sea.integrations.validation;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.report.ValidationReport;
import java.util.Optional;

/**
 * A report and what else the validation learned.
 *
 * @param owner the bucket's owner, where S3 accepted it as such: to be pinned
 */
public record Proof(ValidationReport report, Optional<AccountId> owner) {}
