package dev.sea.integrations.api;

import dev.sea.integrations.api.IdempotencyStore.Claim;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.LimitReached;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.lifecycle.CreatedAndDeleted;
import dev.sea.integrations.lifecycle.Creation;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Creations that may be repeated: the same key and request have the same answer for 24 hours, a refusal by what is stored
 * included. When an attempt crashes, or cannot tell what became of its writes, the next one goes on under the same ID, so
 * that no order of failures makes two integrations. The key's item tells whether the integration was stored, so that one
 * that was deleted since is not made again.
 */
@ApplicationScoped
public class RepeatableCreation {
    private static final Logger LOG = Logger.getLogger(RepeatableCreation.class);

    private final Creation creation;
    private final IdempotencyStore store;
    private final CreationAnswers answers;
    private final RandomGenerator random;

    RepeatableCreation(Creation creation, IdempotencyStore store, CreationAnswers answers, RandomGenerator random) {
        this.creation = creation;
        this.store = store;
        this.answers = answers;
        this.random = random;
    }

    /**
     * The answer of this attempt or of an earlier one.
     *
     * @param request for {@link RequestDigest}
     * @throws RequestInProgress while another attempt runs
     * @throws IdempotencyKeyReused when the key came with another request
     */
    public RecordedAnswer create(
            Actor actor, IdempotencyKey key, byte[] request, NewIntegration wanted, boolean validate) {
        RequestDigest digest = RequestDigest.of(request, random);
        return switch (store.claim(actor.tenant(), key, creation.newId(), digest, request)) {
            case Claim.Finished(RecordedAnswer answer) -> answer;
            case Claim.Running() -> throw new RequestInProgress();
            case Claim.OtherRequest() -> throw new IdempotencyKeyReused();
            case Claim.Taken taken -> finished(taken, answer(actor, taken, wanted, validate));
        };
    }

    private RecordedAnswer answer(Actor actor, Claim.Taken taken, NewIntegration wanted, boolean validate) {
        Creation.Attempt attempt = new Creation.Attempt(taken.id(), taken.isStored(), List.of(store.stored(taken)));
        try {
            return RecordedAnswer.of(answers.created(creation.create(actor, wanted, validate, attempt)));
        } catch (NameTaken | ExternalIdRefused | LimitReached | CreatedAndDeleted refusal) {
            return RecordedAnswer.of(answers.refused(refusal));
        } catch (RuntimeException undecided) {
            release(taken, undecided);
            throw undecided;
        }
    }

    private void release(Claim.Taken taken, RuntimeException why) {
        try {
            store.release(taken);
        } catch (RuntimeException soonByItself) {
            why.addSuppressed(soonByItself);
        }
    }

    private RecordedAnswer finished(Claim.Taken taken, RecordedAnswer answer) {
        try {
            store.finish(taken, answer);
        } catch (Unavailable notKept) {
            // The integration is stored; a repetition finds it by its ID.
            LOG.warnf(notKept, "the answer to the creation of %s is not kept", taken.id());
        }
        return answer;
    }
}
