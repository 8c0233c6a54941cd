package dev.sea.integrations.simulation;

import dev.sea.integrations.api.RecordedAnswer;
import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import dev.sea.integrations.simulation.Ledger.Attempt;
import dev.sea.integrations.simulation.Ledger.Verdict;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads answers as clients do: a success, a clear refusal, or neither. */
final class Verdicts {
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;

    private Verdicts() {}

    /** Makes the request and notes how it ended. */
    static void give(Attempt attempt, Scheduler scheduler, Supplier<Object> request) {
        try {
            Object answer = request.get();
            if (answer instanceof RecordedAnswer recorded && recorded.status() >= BAD_REQUEST) {
                attempt.end(scheduler.steps(), Verdict.REFUSED, recorded.body());
            } else {
                attempt.end(scheduler.steps(), Verdict.DONE, answer);
            }
        } catch (ProblemException problem) {
            boolean clear = problem.type().status() < SERVER_ERROR && problem.type() != ProblemType.REQUEST_IN_PROGRESS;
            attempt.end(
                    scheduler.steps(),
                    clear ? Verdict.REFUSED : Verdict.UNKNOWN,
                    problem.type().name());
        } catch (RuntimeException bug) {
            attempt.end(scheduler.steps(), Verdict.UNKNOWN, bug);
        }
    }

    /** What no request may be answered, whatever else is true. */
    static Optional<String> refuted(Attempt attempt) {
        if (attempt.answer instanceof RuntimeException bug) {
            return Optional.of("an internal failure: " + attempt + " at " + bug.getStackTrace()[0]);
        }
        if (attempt.is(Operation.Kind.TRESPASS) && attempt.verdict == Verdict.DONE) {
            return Optional.of("another tenant's integration is answered: " + attempt);
        }
        return Optional.empty();
    }
}
