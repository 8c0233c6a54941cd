package dev.sea.integrations.lifecycle;

import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.posture.Sightings.Sighting;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.NeighbourStore;
import dev.sea.integrations.store.NeighbourStore.Stranger;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks for integrations that share objects. The tenant is advised of its own, beside a proof, which does not wait for it. Of
 * other tenants' it learns nothing; the audit log does.
 */
@ApplicationScoped
class Overlaps {
    private static final int NAMED = 3;

    private final NeighbourStore neighbours;
    private final AuditLog audit;

    Overlaps(NeighbourStore neighbours, AuditLog audit) {
        this.neighbours = neighbours;
        this.audit = audit;
    }

    /**
     * Writes a line in the audit log if other tenants' active integrations share objects with one that is about to record there.
     * To be called before that is stored, so that no crash leaves an overlap without its line.
     *
     * @throws Unavailable if it cannot be known; nothing may be stored then
     */
    void auditAcrossTenants(Actor actor, IntegrationId id, Target target) {
        List<Stranger> others = neighbours.ofOtherTenants(actor.tenant(), target);
        if (!others.isEmpty()) {
            String named = others.stream()
                    .limit(NAMED)
                    .map(other -> other.tenant().id() + "/" + other.id())
                    .collect(Collectors.joining(","));
            audit.write(
                    "share-bucket",
                    id.value(),
                    actor,
                    List.of(
                            new AuditLog.Detail("bucket", target.bucket().value()),
                            new AuditLog.Detail("with", named),
                            new AuditLog.Detail("others", Integer.toString(others.size()))),
                    "seen");
        }
    }

    /** Proves, and adds what was found meanwhile. What has not been found by then is not waited for: the proof does not tell. */
    Proof beside(Subject subject, Supplier<Proof> proving) {
        FutureTask<List<String>> found =
                new FutureTask<>(() -> neighbours.sharing(subject.tenant(), subject.integration(), subject.target()));
        Thread.startVirtualThread(found);
        try {
            Proof proof = proving.get();
            return found.state() == Future.State.SUCCESS
                    ? proof.seeing(AdviceCode.OVERLAP, sighting(found.resultNow()))
                    : proof;
        } finally {
            found.cancel(true);
        }
    }

    private static Sighting sighting(List<String> names) {
        String first = names.stream().limit(NAMED).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        String more = names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "";
        return names.isEmpty() ? Sighting.NOT_THERE : new Sighting(true, first + more);
    }
}
