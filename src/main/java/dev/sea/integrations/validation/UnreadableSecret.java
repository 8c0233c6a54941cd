package dev.sea.integrations.validation;

import dev.sea.integrations.aws.AccessKeyId;
import dev.sea.integrations.aws.SecretAccessKey;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.integration.Access;
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
import org.jboss.logging.Logger;

/**
 * The report for an integration whose stored secret access key cannot be read: AWS was asked nothing about the customer's set-up,
 * and nothing was learned. The fault is the service's, so the operator hears of it.
 */
@ApplicationScoped
public class UnreadableSecret {
    private static final Logger LOG = Logger.getLogger(UnreadableSecret.class);
    private static final SecretAccessKey NONE = new SecretAccessKey("none");

    private final ServiceIdentity service;
    private final InstantSource time;

    UnreadableSecret(ServiceIdentity service, InstantSource time) {
        this.service = service;
        this.time = time;
    }

    /**
     * The secret is no longer there. Waiting does not help.
     *
     * @param asSubject what was to be proved, if it had this access key
     */
    public Proof gone(Access.StoredKeys keys, Function<PresentedAccess, Subject> asSubject) {
        LOG.errorf("The secret %s is gone", keys.secretName());
        return proof(
                keys.accessKeyId(),
                new Outcome.Unknown(
                        FailureCode.STORED_KEY_GONE,
                        "The secret access key is no longer in SEA's store, which is no fault of yours: nothing was learned about"
                                + " your set-up. Enter the access key again."),
                asSubject);
    }

    /**
     * Secrets Manager does not give the secret to the service.
     *
     * @param asSubject what was to be proved, if it had this access key
     */
    public Proof refused(Access.StoredKeys keys, Exception failure, Function<PresentedAccess, Subject> asSubject) {
        LOG.errorf(failure, "The secret %s cannot be read", keys.secretName());
        return proof(
                keys.accessKeyId(),
                new Outcome.Unknown(
                        FailureCode.SERVICE_FAULT,
                        "SEA could not read the secret access key from its own store: nothing was learned about your set-up. You"
                                + " need not change anything."),
                asSubject);
    }

    /** Its checks are skipped, but for {@code credentials}. */
    private Proof proof(AccessKeyId accessKeyId, Outcome credentials, Function<PresentedAccess, Subject> asSubject) {
        Subject subject = asSubject.apply(new PresentedAccess.Keys(accessKeyId, NONE));
        List<Check> checks = new ArrayList<>(new Judges(subject, Scope.FULL, service).judge(Findings.NOTHING_ASKED));
        Check first = checks.getFirst();
        checks.set(
                0,
                new Check(
                        first.id(),
                        first.action(),
                        first.resource(),
                        first.required(),
                        credentials,
                        Duration.ZERO,
                        Optional.empty()));
        return new Proof(
                new ValidationReport(
                        Verdict.of(checks), Scope.FULL, checks, Optional.empty(), time.instant(), Duration.ZERO),
                Optional.empty(),
                Optional.empty());
    }
}
