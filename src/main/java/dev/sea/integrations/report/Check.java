package dev.sea.integrations.report;

import java.time.Duration;
import java.util.Optional;

/**
 * One line of a report.
 *
 * @param action the permission that the check proves, as IAM names it, such as {@code s3:PutObject}; several are separated by
 *     commas
 * @param resource the ARN that the permission is needed on; {@code *} where there is none
 * @param required whether the integration is unhealthy if this check fails
 * @param duration of this check alone, without those it waited for; zero if nothing was called
 * @param awsRequestId of its last call, for AWS Support
 */
public record Check(
        CheckId id,
        String action,
        String resource,
        boolean required,
        Outcome outcome,
        Duration duration,
        Optional<String> awsRequestId) {}
