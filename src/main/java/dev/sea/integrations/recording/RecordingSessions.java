package dev.sea.integrations.recording;

import dev.sea.integrations.call.Answer;
import dev.sea.integrations.call.AwsFailure;
import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.grant.GrantRefused;
import dev.sea.integrations.grant.GrantSessions;
import dev.sea.integrations.grant.GrantSessions.ClaimAhead;
import dev.sea.integrations.input.QueryParameters;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.problem.InvalidInput;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.store.IntegrationStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Asks S3 about recordings, with sessions that are kept for that. Turns refusals into problems.
 */
@ApplicationScoped
class RecordingSessions {
    private static final Logger LOG = Logger.getLogger(RecordingSessions.class);

    private final IntegrationStore integrations;
    private final GrantSessions sessions;
    private final Metrics metrics;

    RecordingSessions(IntegrationStore integrations, GrantSessions sessions, Metrics metrics) {
        this.integrations = integrations;
        this.sessions = sessions;
        this.metrics = metrics;
    }

    /** A target of an active integration. */
    record ActiveTarget(Integration integration, int revision, Target target) {}

    /**
     * Reads the integration by one consistent GetItem and does something with one of its targets, once more if its stored key
     * has just been replaced.
     *
     * @param revision of the target; empty for the current one
     * @param work also gets what was read ahead for the first question
     * @throws NoSuchIntegration where the tenant has none of this ID
     * @throws InvalidInput where the integration has no such target
     * @throws GrantRefused where the integration is not active, or its stored key is gone
     */
    <T> T with(
            Actor actor,
            IntegrationId id,
            Optional<Integer> revision,
            Look look,
            BiFunction<ActiveTarget, Optional<ClaimAhead>, T> work) {
        Optional<ClaimAhead> ahead = sessions.lookAhead(actor.tenant(), id, look, revision, true);
        return sessions.withSecret(
                look, () -> active(actor, id), integration -> work.apply(target(integration, revision), ahead));
    }

    private Integration active(Actor actor, IntegrationId id) {
        Integration integration = integrations.get(actor.tenant(), id);
        if (!integration.isActive()) {
            throw GrantRefused.notActive();
        }
        return integration;
    }

    private static ActiveTarget target(Integration integration, Optional<Integer> revision) {
        int which = revision.orElse(integration.targetRevision());
        return integration
                .target(which)
                .map(target -> new ActiveTarget(integration, which, target))
                .orElseThrow(() -> QueryParameters.refused(
                        "targetRevision",
                        "NO_SUCH_TARGET",
                        "The integration has the targets 1 to " + integration.targetRevision() + "."));
    }

    /**
     * Asks S3. If AWS no longer accepts the session, as after the role was made anew, asks once more with a new one.
     *
     * @throws GrantRefused where the access does not allow a session
     * @throws ExternalIdRefused where another tenant holds the external ID
     */
    <T> Answer<T> ask(ActiveTarget where, Look look, Optional<ClaimAhead> ahead, Function<Place, Answer<T>> question) {
        Place place = place(where, look, ahead);
        Answer<T> answer = question.apply(place);
        if (answer.refusal().filter(AwsFailure::mayBeOfEndedSession).isEmpty()) {
            return answer;
        }
        sessions.drop(where.integration(), where.revision(), look, place.session());
        return question.apply(place(where, look, Optional.empty()));
    }

    private Place place(ActiveTarget where, Look look, Optional<ClaimAhead> ahead) {
        Integration integration = where.integration();
        return new Place(
                where.target(),
                integration.owner(where.revision()),
                sessions.shared(integration, where.revision(), look, ahead));
    }

    /**
     * The problem that a refusal of S3 is.
     *
     * @param checks that fail in a validation when the customer's policies cause the refusal
     */
    ProblemException problem(ActiveTarget where, Look look, AwsFailure failure, List<CheckId> checks) {
        FailureCode code = failure.code();
        if (code.isOurs()) {
            LOG.errorf("cannot %s of %s: %s %s", look, where.integration().id(), code, failure.awsCode());
            metrics.ownFault();
            return new NoAnswerFromBucket();
        }
        if (failure.isUnlearned()) {
            return new NoAnswerFromBucket();
        }
        return GrantRefused.purpose(
                look,
                switch (code) {
                    case INVALID_ACCESS_KEY, SIGNATURE_MISMATCH -> List.of(CheckId.CREDENTIALS);
                    case NO_SUCH_BUCKET, WRONG_REGION -> List.of(CheckId.BUCKET);
                    default -> checks;
                });
    }
}
