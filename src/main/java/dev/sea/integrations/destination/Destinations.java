package dev.sea.integrations.destination;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.destination.Destination.Place;
import dev.sea.integrations.destination.Destination.Standing;
import dev.sea.integrations.destination.Destination.Wanted;
import dev.sea.integrations.destination.DestinationStore.Found;
import dev.sea.integrations.destination.DestinationStore.Stored;
import dev.sea.integrations.destination.Readiness.Candidate;
import dev.sea.integrations.destination.ReadinessRules.Fitness;
import dev.sea.integrations.event.HealthChange;
import dev.sea.integrations.event.Outbox;
import dev.sea.integrations.grant.Purpose;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.OtherVersion;
import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.table.CompanionItem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jboss.logging.Logger;

/**
 * Sets the destination of a tenant's recordings, and finds which integration takes them now. Nothing here calls a customer's
 * account.
 */
@ApplicationScoped
public class Destinations {
    private static final int ATTEMPTS = 5;
    /** Tenants whose integrations are remembered, so that the memory stays bounded. */
    private static final int MOST_REMEMBERED = 10_000;

    private static final Logger LOG = Logger.getLogger(Destinations.class);

    private final DestinationStore store;
    private final IntegrationStore integrations;
    private final Outbox outbox;
    private final ReadinessRules rules;
    private final InstantSource time;
    private final AuditLog audit;

    /** Which integrations to read beside the destination. A guess: what the item says counts. */
    private final ConcurrentMap<Tenant, List<IntegrationId>> remembered = new ConcurrentHashMap<>();

    Destinations(
            DestinationStore store,
            IntegrationStore integrations,
            Outbox outbox,
            SeaConfig config,
            InstantSource time,
            AuditLog audit) {
        this.store = store;
        this.integrations = integrations;
        this.outbox = outbox;
        this.rules = new ReadinessRules(
                config.schedule().staleAfter(),
                integration ->
                        !Purpose.RECORD.contradicted(integration.health()).isEmpty());
        this.time = time;
        this.audit = audit;
    }

    /**
     * The destination as it is set.
     *
     * @throws NoSuchDestination where none is
     */
    Destination get(Tenant tenant) {
        return read(tenant).stored().destination().orElseThrow(NoSuchDestination::new);
    }

    /**
     * Sets the destination. What is set already stays as it is.
     *
     * @param ifMatch the versions that may be replaced; empty to set the first one
     * @throws OtherVersion when another version is set
     * @throws InvalidInput when an integration does not exist, or is not active
     */
    Destination set(Actor actor, Wanted wanted, Optional<IfMatch> ifMatch) {
        return audit.around("set-destination", wanted.toString(), actor, () -> isSet(actor, wanted, ifMatch));
    }

    private Destination isSet(Actor actor, Wanted wanted, Optional<IfMatch> ifMatch) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Found found = store.read(actor.tenant(), wanted.integrations());
            Stored before = found.stored();
            refuseOtherVersion(before, ifMatch);
            if (before.destination().filter(it -> it.wanted().equals(wanted)).isPresent()) {
                return before.destination().get();
            }
            refuseUnfit(wanted, found);
            Instant now = time.instant();
            Destination after = serving(Destination.of(wanted, actor, now, before), found, now);
            DestinationChange change = DestinationChange.set(before.destination(), after, now);
            if (replaced(actor.tenant(), before, Stored.of(after), change, conditions(actor.tenant(), wanted))) {
                return after;
            }
        }
        throw new ChangedMeanwhile();
    }

    private static void refuseOtherVersion(Stored stored, Optional<IfMatch> ifMatch) {
        boolean isAnother = ifMatch.map(header -> stored.destination()
                        .filter(it -> header.names(it.version()))
                        .isEmpty())
                .orElseGet(() -> stored.destination().isPresent());
        if (isAnother) {
            throw new OtherVersion(
                    stored.destination().isPresent()
                            ? "The destination of recordings has another version. Read it again and repeat the change."
                            : "No destination of recordings is set. Send If-None-Match: * to set the first one.");
        }
    }

    private static void refuseUnfit(Wanted wanted, Found found) {
        List<FieldError> errors = new ArrayList<>();
        unfit("/primary", wanted.primary(), found).ifPresent(errors::add);
        wanted.secondary()
                .flatMap(id -> id.equals(wanted.primary())
                        ? Optional.of(new FieldError(
                                "/secondary",
                                "SAME_AS_PRIMARY",
                                "The secondary must be another integration than the primary."))
                        : unfit("/secondary", id, found))
                .ifPresent(errors::add);
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    private static Optional<FieldError> unfit(String pointer, IntegrationId id, Found found) {
        Integration integration = found.integrations().get(id);
        if (integration == null) {
            return Optional.of(new FieldError(pointer, "NO_SUCH_INTEGRATION", "There is no integration with this ID."));
        }
        return integration.isActive()
                ? Optional.empty()
                : Optional.of(new FieldError(
                        pointer, "NOT_ACTIVE", "The integration is not active. Activate it, or choose another one."));
    }

    private List<CompanionItem> conditions(Tenant tenant, Wanted wanted) {
        return wanted.integrations().stream()
                .map(id -> integrations.active(tenant, id, ChangedMeanwhile::new))
                .toList();
    }

    /**
     * Removes the destination. Recordings then have none.
     *
     * @param ifMatch the versions that may be removed; empty for any
     * @throws NoSuchDestination where none is set
     * @throws OtherVersion when another version is set
     */
    void remove(Actor actor, Optional<IfMatch> ifMatch) {
        Destination first = get(actor.tenant());
        audit.around("remove-destination", first.wanted().toString(), actor, () -> removed(actor, ifMatch));
    }

    private Destination removed(Actor actor, Optional<IfMatch> ifMatch) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Stored before = store.read(actor.tenant(), List.of()).stored();
            Destination destination = before.destination().orElseThrow(NoSuchDestination::new);
            if (ifMatch.isPresent()) {
                refuseOtherVersion(before, ifMatch);
            }
            DestinationChange change = DestinationChange.removed(destination, before.removed(), time.instant());
            if (replaced(actor.tenant(), before, before.removed(), change, List.of())) {
                return destination;
            }
        }
        throw new ChangedMeanwhile();
    }

    /** Whether recordings can be stored now, and where. One round trip to DynamoDB, unless the destination is new to this process. */
    Readiness readiness(Tenant tenant) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Found found = read(tenant);
            Instant now = time.instant();
            if (found.stored().destination().isEmpty()) {
                return new Readiness(Optional.empty(), Optional.empty(), List.of(), now);
            }
            Destination before = found.stored().destination().get();
            Destination after = serving(before, found, now);
            if (after.equals(before) || isStored(found.stored(), before, after, now)) {
                return readiness(after, found, now);
            }
        }
        throw new ChangedMeanwhile();
    }

    /** False where another write came first. A change that cannot be stored now is found and stored by the next one who asks. */
    private boolean isStored(Stored stored, Destination before, Destination after, Instant now) {
        try {
            return before.standing().serving() == after.standing().serving()
                    ? store.replace(before.tenant(), stored, Stored.of(after), Optional.empty(), List.of())
                    : replaced(
                            before.tenant(),
                            stored,
                            Stored.of(after),
                            DestinationChange.between(before, after, now),
                            List.of());
        } catch (Unavailable later) {
            LOG.warnf(
                    later,
                    "the change of tenant %s's destination is not stored yet",
                    before.tenant().id());
            return true;
        }
    }

    private boolean replaced(
            Tenant tenant, Stored before, Stored after, DestinationChange change, List<CompanionItem> conditions) {
        Outbox.Note note = outbox.note(change);
        boolean written = store.replace(tenant, before, after, Optional.of(note), conditions);
        if (written) {
            outbox.send(note);
        }
        return written;
    }

    /** Looks again which one serves when the health of one of them has changed, so that the change is told without a request. */
    void healthChanged(@Observes HealthChange change) {
        Tenant tenant = new Tenant(change.tenant());
        try {
            boolean concerned = read(tenant)
                    .stored()
                    .destination()
                    .filter(it -> it.integrations().contains(new IntegrationId(change.integration())))
                    .isPresent();
            if (concerned) {
                readiness(tenant);
            }
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "the destination of tenant %s is looked at when it is next asked for", tenant.id());
        }
    }

    private Found read(Tenant tenant) {
        List<IntegrationId> guess = remembered.getOrDefault(tenant, List.of());
        Found found = store.read(tenant, guess);
        List<IntegrationId> named =
                found.stored().destination().map(Destination::integrations).orElse(List.of());
        if (guess.containsAll(named)) {
            return found;
        }
        if (remembered.size() >= MOST_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(tenant, named);
        return store.read(tenant, named);
    }

    private Destination serving(Destination destination, Found found, Instant now) {
        Fitness primary = fitness(Optional.of(destination.primary()), found, now);
        Fitness secondary = fitness(destination.secondary(), found, now);
        Instant primarySince = Optional.ofNullable(found.integrations().get(destination.primary()))
                .map(integration -> integration.health().since())
                .orElse(now);
        Standing next = rules.next(destination.standing(), primary, secondary, primarySince, now);
        return destination.with(next);
    }

    private Fitness fitness(Optional<IntegrationId> id, Found found, Instant now) {
        return rules.fitness(id.map(found.integrations()::get), now);
    }

    private Readiness readiness(Destination destination, Found found, Instant now) {
        List<Candidate> candidates = new ArrayList<>();
        for (Place place : Place.values()) {
            destination
                    .at(place)
                    .ifPresent(id -> candidates.add(new Candidate(id, place, fitness(Optional.of(id), found, now))));
        }
        Optional<Standing> standing = candidates.stream()
                .filter(candidate -> candidate.place() == destination.standing().serving())
                .filter(candidate -> candidate.fitness().ready())
                .findFirst()
                .map(_ -> destination.standing());
        return new Readiness(standing.map(Standing::serving), standing.map(Standing::since), candidates, now);
    }
}
