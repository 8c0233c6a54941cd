package dev.sea.integrations.api;

import dev.sea.integrations.api.IdempotencyStore.Claim;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.LimitReached;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.lifecycle.Integrations;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Creations that may be repeated: the same key and request have the same answer for 24 hours, a refusal by what is stored
 * included. A try that died half-way, or could not tell what became of its writes, is taken up by the next one under the
 * ID that it had, so that no order of failures makes two integrations.
 */
@ApplicationScoped
public class RepeatableCreation {
    private static final Logger LOG = Logger.getLogger(RepeatableCreation.class);

    private final Integrations integrations;
    private final IdempotencyStore store;
    private final CreationAnswers answers;
    private final RandomGenerator random;

    RepeatableCreation(
            Integrations integrations, IdempotencyStore store, CreationAnswers answers, RandomGenerator random) {
        this.integrations = integrations;
        this.store = store;
        this.answers = answers;
        this.random = random;
    }

    /**
     * The answer, of this try or an earlier one.
     *
     * @param request for {@link RequestDigest}
     * @throws RequestInProgress while another try runs
     * @throws IdempotencyKeyReused when the key came with another request
     */
    public RecordedAnswer create(
            Actor actor, IdempotencyKey key, byte[] request, NewIntegration wanted, boolean validate) {
        RequestDigest digest = RequestDigest.of(request, random);
        return switch (store.claim(actor.tenant(), key, integrations.newId(), digest, request)) {
            case Claim.Finished(RecordedAnswer answer) -> answer;
            case Claim.Running() -> throw new RequestInProgress();
            case Claim.OtherRequest() -> throw new IdempotencyKeyReused();
            case Claim.Taken taken -> finished(taken, answer(actor, taken, wanted, validate));
        };
    }

    private RecordedAnswer answer(Actor actor, Claim.Taken taken, NewIntegration wanted, boolean validate) {
        try {
            return answers.created(integrations.create(actor, wanted, validate, taken.id()));
        } catch (NameTaken | ExternalIdRefused | LimitReached refusal) {
            return answers.refused(refusal);
        } catch (RuntimeException undecided) {
            letGo(taken, undecided);
            throw undecided;
        }
    }

    private void letGo(Claim.Taken taken, RuntimeException why) {
        try {
            store.letGo(taken);
        } catch (RuntimeException soonByItself) {
            why.addSuppressed(soonByItself);
        }
    }

    private RecordedAnswer finished(Claim.Taken taken, RecordedAnswer answer) {
        try {
            store.finish(taken, answer);
        } catch (Unavailable notKept) {
            // The deed is done; a repetition finds it by its ID.
            LOG.warnf(notKept, "the answer to the creation of %s is not kept", taken.id());
        }
        return answer;
    }
}
