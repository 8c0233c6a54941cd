package dev.sea.integrations.validation;

import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.report.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The report for an integration whose stored secret access key is gone: AWS was asked nothing, and nothing was learned. */
@ApplicationScoped
public class UnreadableSecret {
    private static final SecretAccessKey NONE = new SecretAccessKey("none");

    private final ServiceIdentity service;
    private final InstantSource time;

    UnreadableSecret(ServiceIdentity service, InstantSource time) {
        this.service = service;
        this.time = time;
    }

    /**
     * Makes the report. Its checks are skipped, but for {@code credentials}, which is unknown.
     *
     * @param asSubject what was to be proved, if it had this access key
     */
    public Proof proof(AccessKeyId accessKeyId, Function<PresentedAccess, Subject> asSubject) {
        Subject subject = asSubject.apply(new PresentedAccess.Keys(accessKeyId, NONE));
        List<Check> checks = new ArrayList<>(new Judges(subject, Scope.FULL, service).judge(Findings.NOTHING_ASKED));
        Check credentials = checks.getFirst();
        checks.set(
                0,
                new Check(
                        credentials.id(),
                        credentials.action(),
                        credentials.resource(),
                        credentials.required(),
                        new Outcome.Unknown(
                                FailureCode.AWS_UNAVAILABLE,
                                "The stored secret access key is no longer in Secrets Manager. If this does not change, enter"
                                        + " the access key again."),
                        Duration.ZERO,
                        Optional.empty()));
        return new Proof(
                new ValidationReport(
                        Verdict.of(checks), Scope.FULL, checks, Optional.empty(), time.instant(), Duration.ZERO),
                Optional.empty());
    }
}
