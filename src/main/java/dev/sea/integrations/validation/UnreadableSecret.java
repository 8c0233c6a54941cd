package dev.sea.integrations.validation;

import dev.sea.integrations.integration.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The report when a stored secret access key cannot be had: nothing was learned, and nothing asked of the customer. */
@ApplicationScoped
public class UnreadableSecret {
    private final InstantSource time;

    public UnreadableSecret(InstantSource time) {
        this.time = time;
    }

    public Proof proof(Target target) {
        Check credentials = new Check(
                CheckId.CREDENTIALS,
                "sts:GetCallerIdentity",
                "arn:" + target.partition().id() + ":s3:::" + target.bucket(),
                true,
                new Outcome.Unknown(
                        FailureCode.AWS_UNAVAILABLE,
                        "The stored secret access key is gone from Secrets Manager; if this stays so, give the keys anew."),
                Duration.ZERO,
                Optional.empty());
        return new Proof(
                new ValidationReport(
                        ValidationReport.Status.UNKNOWN,
                        ValidationReport.Scope.FULL,
                        List.of(credentials),
                        Optional.empty(),
                        time.instant(),
                        Duration.ZERO),
                Optional.empty());
    }
}
