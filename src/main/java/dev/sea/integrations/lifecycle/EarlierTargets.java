package dev.sea.integrations.lifecycle;

import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.probe.Subject;
import dev.sea.integrations.problem.Unavailable;
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
import org.jboss.logging.Logger;

/** Looks, after a proof that passed, whether recordings at the targets that an integration had before can still be read. */
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
     * The proof, with the check {@code earlier-recordings} where an earlier target has recordings. Only a proof that passed
     * gets it: before that, a role may be one that anybody can assume, and its policies may still be spreading. If nobody can
     * tell where the recordings are, the report is without it.
     *
     * @param next the target that was proved; all others of the integration are earlier ones
     */
    Proof looked(Integration integration, Target next, PresentedAccess access, Proof proof) {
        boolean hasEarlier = !integration.formerTargets().isEmpty() || !next.equals(integration.target());
        if (!hasEarlier || proof.report().status() != ValidationReport.Status.HEALTHY) {
            return proof;
        }
        try {
            List<Place> places = places(integration, next, access);
            return places.isEmpty() ? proof : proof.checking(reads.check(places));
        } catch (Unavailable unknown) {
            LOG.warnf(unknown, "not known whether earlier recordings of %s can be read", integration.id());
            return proof;
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
