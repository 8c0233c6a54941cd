package dev.sea.integrations.lifecycle;

import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.report.Check;
import dev.sea.integrations.report.Outcome;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.validation.EarlierReads;
import dev.sea.integrations.validation.EarlierReads.Place;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Looks, beside a proof, whether recordings at the targets that an integration had before can still be read. */
@ApplicationScoped
class EarlierTargets {
    private static final Logger LOG = Logger.getLogger(EarlierTargets.class);

    private final EarlierRecordings recordings;
    private final EarlierReads reads;

    EarlierTargets(EarlierRecordings recordings, EarlierReads reads) {
        this.recordings = recordings;
        this.reads = reads;
    }

    /**
     * Proves, and adds the check {@code earlier-recordings} where an earlier target has recordings. If nobody can tell where
     * they are, the report is without it.
     *
     * @param next the target that is proved; all others of the integration are earlier ones
     */
    Proof beside(Integration integration, Target next, PresentedAccess access, Supplier<Proof> proving) {
        if (integration.formerTargets().isEmpty() && next.equals(integration.target())) {
            return proving.get();
        }
        FutureTask<Optional<Check>> looking = new FutureTask<>(() -> check(places(integration, next, access)));
        Thread.startVirtualThread(looking);
        Proof proof = proving.get();
        return awaited(integration, looking)
                .map(check -> isDenied(check) && isPassed(proof) ? again(integration, next, access, check) : check)
                .map(proof::checking)
                .orElse(proof);
    }

    private Optional<Check> check(List<Place> places) {
        return places.isEmpty() ? Optional.empty() : Optional.of(reads.check(places));
    }

    private static boolean isDenied(Check check) {
        return check.outcome() instanceof Outcome.Warning;
    }

    private static boolean isPassed(Proof proof) {
        return proof.report().status() == ValidationReport.Status.HEALTHY;
    }

    /** A proof waits for policies to spread. The look beside it may have come too early. */
    private Check again(Integration integration, Target next, PresentedAccess access, Check before) {
        return check(places(integration, next, access)).orElse(before);
    }

    private static Optional<Check> awaited(Integration integration, FutureTask<Optional<Check>> looking) {
        try {
            return looking.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            LOG.warnf(failed.getCause(), "not known whether earlier recordings of %s can be read", integration.id());
            return Optional.empty();
        }
    }

    /** One for each place in S3, by the latest target there. The latest ones first. */
    private List<Place> places(Integration integration, Target next, PresentedAccess access) {
        Map<Long, String> keys = recordings.lastKeys(integration.tenant(), integration.id());
        List<Place> places = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>(Set.of(place(next)));
        for (long revision = integration.targetRevision(); revision >= 1; revision--) {
            Target target = integration.target(revision).orElseThrow();
            if (keys.containsKey(revision) && seen.add(place(target))) {
                Subject subject = new Subject(
                        integration.tenant(),
                        Optional.of(integration.id()),
                        target,
                        false,
                        access,
                        integration.owner(revision),
                        true);
                places.add(new Place(revision, subject, keys.get(revision)));
            }
        }
        return places;
    }

    private static List<Object> place(Target target) {
        return List.of(target.region(), target.bucket(), target.prefix());
    }
}
