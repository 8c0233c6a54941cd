package dev.sea.integrations.report;

import java.time.Duration;
import java.util.Optional;

/**
 * One line of a report.
 *
 * @param action what was proved, as IAM names it, e.g. {@code s3:PutObject}
 * @param resource the ARN it was proved on
 * @param required whether the integration is unhealthy without it
 * @param duration of this check alone, without those it waited for; zero where nothing was called
 * @param awsRequestId of its last call, for AWS's support
 */
public record Check(
        CheckId id,
        String action,
        String resource,
        boolean required,
        Outcome outcome,
        Duration duration,
        Optional<String> awsRequestId) {}
