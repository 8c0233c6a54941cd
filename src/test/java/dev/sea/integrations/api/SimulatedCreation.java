package dev.sea.integrations.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.problem.ProblemException;
import jakarta.enterprise.inject.Vetoed;
import jakarta.ws.rs.core.Response;

/** Creations outside of an HTTP request, in which a problem is answered by its type alone. */
@Vetoed
public final class SimulatedCreation {
    private SimulatedCreation() {}

    /** The type of the bean that makes the answers. */
    public static Class<?> answers() {
        return CreationAnswers.class;
    }

    /** What the bean makes of a problem depends on the request; this does not. */
    public static Object answersWithoutRequest(ObjectMapper json) {
        return new WithoutRequest(json);
    }

    @Vetoed
    private static final class WithoutRequest extends CreationAnswers {
        @SuppressWarnings("NullAway") // Only refused() uses what is not there.
        WithoutRequest(ObjectMapper json) {
            super(json, null);
        }

        @Override
        Response refused(ProblemException problem) {
            return Response.status(problem.type().status())
                    .entity(problem.type().name())
                    .build();
        }
    }
}
