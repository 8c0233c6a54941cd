package dev.sea.integrations.lifecycle;

import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.posture.Sightings.Sighting;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.store.NeighbourStore;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looks for integrations of the same tenant that share objects, beside a proof, which does not wait for it. */
@ApplicationScoped
class Overlaps {
    private static final int NAMED = 3;

    private final NeighbourStore neighbours;

    Overlaps(NeighbourStore neighbours) {
        this.neighbours = neighbours;
    }

    /** Proves, and adds what was found meanwhile. If it was not, the proof does not tell. */
    Proof beside(Subject subject, Supplier<Proof> proving) {
        FutureTask<List<String>> found =
                new FutureTask<>(() -> neighbours.sharing(subject.tenant(), subject.integration(), subject.target()));
        Thread.startVirtualThread(found);
        Proof proof = proving.get();
        return found.state() == Future.State.SUCCESS
                ? proof.seeing(AdviceCode.OVERLAP, sighting(found.resultNow()))
                : proof;
    }

    private static Sighting sighting(List<String> names) {
        String first = names.stream().limit(NAMED).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return names.isEmpty() ? Sighting.NOT_THERE : new Sighting(true, first + more);
    }
}
