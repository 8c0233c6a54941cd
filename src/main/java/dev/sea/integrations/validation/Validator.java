package dev.sea.integrations.validation;

import dev.sea.integrations.Deadline;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.client.ServiceIdentity;
import dev.sea.integrations.inspection.Inspector;
import dev.sea.integrations.inspection.Preflight;
import dev.sea.integrations.inspection.PublicAccess;
import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.posture.Sightings;
import dev.sea.integrations.posture.Sightings.Sighting;
import dev.sea.integrations.probe.CredentialBroker;
import dev.sea.integrations.probe.Findings;
import dev.sea.integrations.probe.ParallelCalls;
import dev.sea.integrations.probe.Pending;
import dev.sea.integrations.probe.Probes;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.report.ValidationReport.Status;
import dev.sea.integrations.report.Verdict;
import dev.sea.integrations.validation.FirstDenialStore.FirstDenial;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Proves an integration against the customer's real bucket: asks AWS, judges the answers, and asks again for a while where IAM
 * may not have spread a change yet.
 */
@ApplicationScoped
public class Validator {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(Validator.class);

    private final SeaConfig config;
    private final CredentialBroker broker;
    private final RegionalClients clients;
    private final ServiceIdentity service;
    private final FirstDenialStore firstDenials;
    private final InstantSource time;
    private final RandomGenerator random;

    Validator(
            SeaConfig config,
            CredentialBroker broker,
            RegionalClients clients,
            ServiceIdentity service,
            FirstDenialStore firstDenials,
            InstantSource time,
            RandomGenerator random) {
        this.config = config;
        this.broker = broker;
        this.clients = clients;
        this.service = service;
        this.firstDenials = firstDenials;
        this.time = time;
        this.random = random;
    }

    /** Does not ask what anybody may do. */
    public Proof validate(Subject subject, Scope scope) {
        return validate(subject, scope, false);
    }

    /**
     * Answers within {@code sea.validation.budget}, whatever AWS does. What was not learned by then is UNKNOWN.
     *
     * @param publicToo whether to ask S3, by requests without credentials, what anybody and the page that plays recordings may
     *     do with the object that an earlier validation left in the bucket; without such an object nothing is asked
     */
    public Proof validate(Subject subject, Scope scope, boolean publicToo) {
        Instant startedAt = time.instant();
        long start = System.nanoTime();
        try (ParallelCalls calls =
                new ParallelCalls(Deadline.in(config.validation().budget()))) {
            Pending<Optional<FirstDenial>> remembered = calls.ask(() -> remembered(subject));
            Probes probes = new Probes(subject, scope, broker, clients, () -> ExternalId.mint(random), calls);
            Judges judges = new Judges(subject, scope, service);
            Optional<PublicAccess> anybody = subject.standingPass()
                    .filter(_ -> publicToo)
                    .map(_ -> PublicAccess.ask(
                            calls, clients.s3(subject.target().region()), subject.target(), playback()));
            probes.askAll();
            Findings found = probes.findings();
            List<Check> checks = judges.judge(found);
            Optional<FirstDenial> seen = remembered.await().given().flatMap(it -> it);
            Propagation propagation = new Propagation(config, time, seen);
            Deadline patience = calls.deadline().orIn(config.validation().propagationPatience());
            Duration pause = FIRST_PAUSE;
            while (isSpreading(subject, propagation, checks) && pause(pause, patience)) {
                probes.askAgain(Verdict.maybeSpreading(checks));
                found = probes.findings();
                checks = judges.judge(found);
                pause = PAUSE;
            }
            boolean spreading = isSpreading(subject, propagation, checks);
            Status status = spreading ? Status.PROPAGATING : Verdict.of(checks);
            Set<CheckId> denied = Verdict.maybeSpreading(checks);
            Optional<FirstDenial> first =
                    propagation.first().filter(it -> it.denied().equals(denied));
            remember(subject, calls, seen, first, status);
            Optional<Duration> retryAfter = spreading ? Optional.of(propagation.retryAfter()) : Optional.empty();
            logOurFaults(checks);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Proof(
                    new ValidationReport(status, scope, checks, retryAfter, startedAt, took),
                    found.owner(),
                    found.encryption(),
                    sightings(Inspector.seen(subject, found, startedAt), anybody));
        }
    }

    /**
     * Whether STS accepts the access, and denies a role to SEA without its external ID. Asks STS only, anew, within {@code
     * sea.validation.budget}. False also if nothing was learned.
     */
    public boolean isGuarded(Subject subject) {
        try (ParallelCalls calls =
                new ParallelCalls(Deadline.in(config.validation().budget()))) {
            Probes probes = new Probes(subject, Scope.FULL, broker, clients, () -> ExternalId.mint(random), calls);
            probes.askGuard();
            Findings found = probes.findings();
            return found.credentials().isGiven() && found.isRoleGuarded();
        }
    }

    private Optional<Preflight> playback() {
        return config.playback()
                .origin()
                .map(origin -> new Preflight(origin, config.validation().callTimeout()));
    }

    private Sightings sightings(Map<AdviceCode, Sighting> seen, Optional<PublicAccess> anybody) {
        Map<AdviceCode, Sighting> all = new EnumMap<>(AdviceCode.class);
        all.putAll(seen);
        if (config.playback().origin().isEmpty()) {
            // So that the advice goes once no page is named any more.
            all.put(AdviceCode.PLAYBACK_CORS_MISSING, Sighting.NOT_THERE);
        }
        anybody.map(PublicAccess::seen).ifPresent(all::putAll);
        return new Sightings(all, anybody.isPresent());
    }

    /** For the operator. The customer reads only that the fault is not theirs. */
    private static void logOurFaults(List<Check> checks) {
        for (Check check : checks) {
            if (check.outcome() instanceof Outcome.Unknown(FailureCode code, String message) && code.isOurs()) {
                LOG.errorf(
                        "%s at the check %s of %s, AWS's request ID %s: %s",
                        code,
                        check.id().id(),
                        check.resource(),
                        check.awsRequestId().orElse("none"),
                        message);
            }
        }
    }

    private static boolean isSpreading(Subject subject, Propagation propagation, List<Check> checks) {
        Set<CheckId> denied = Verdict.maybeSpreading(checks);
        return !subject.provedBefore() && propagation.isOpenFor(denied);
    }

    private Answer<Optional<FirstDenial>> remembered(Subject subject) {
        return new Answer.Given<>(
                subject.provedBefore() ? Optional.empty() : firstDenials.read(subject),
                Optional.empty(),
                Duration.ZERO);
    }

    /** @param first when the checks that are denied now were first seen so; empty if none is denied, or none is remembered */
    private void remember(
            Subject subject,
            ParallelCalls calls,
            Optional<FirstDenial> seen,
            Optional<FirstDenial> first,
            Status status) {
        if (first.isPresent()) {
            calls.ask(() -> done(() -> firstDenials.write(subject, first.orElseThrow())))
                    .await();
        } else if (seen.isPresent() && status == Status.HEALTHY) {
            calls.ask(() -> done(() -> firstDenials.delete(subject))).await();
        }
    }

    private static Answer<Boolean> done(Runnable write) {
        write.run();
        return new Answer.Given<>(true, Optional.empty(), Duration.ZERO);
    }

    /** Sleeps, but not beyond the end of patience; false if that was over already. */
    private static boolean pause(Duration pause, Deadline patience) {
        if (patience.isOver()) {
            return false;
        }
        try {
            Thread.sleep(pause.compareTo(patience.left()) < 0 ? pause : patience.left());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
