package dev.sea.integrations.destination;

import dev.sea.integrations.destination.Destination.Wanted;
import dev.sea.integrations.destination.DestinationStore.Found;
import dev.sea.integrations.destination.DestinationStore.Stored;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.ChangedMeanwhile;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.OtherVersion;
import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.table.CompanionItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sets and removes the destination of a tenant's recordings. Nothing here calls a customer's account. */
@ApplicationScoped
public class Destinations {
    private static final int ATTEMPTS = 5;

    private final DestinationStore store;
    private final IntegrationStore integrations;
    private final ReadinessRules rules;
    private final InstantSource time;
    private final AuditLog audit;

    Destinations(
            DestinationStore store,
            IntegrationStore integrations,
            ReadinessRules rules,
            InstantSource time,
            AuditLog audit) {
        this.store = store;
        this.integrations = integrations;
        this.rules = rules;
        this.time = time;
        this.audit = audit;
    }

    /**
     * The destination as it is set.
     *
     * @throws NoSuchDestination where none is
     */
    Destination get(Tenant tenant) {
        return store.read(tenant, List.of()).stored().destination().orElseThrow(NoSuchDestination::new);
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
            Destination after = rules.serving(Destination.of(wanted, actor, now, before), found.integrations(), now);
            DestinationChange change = DestinationChange.set(before.destination(), after, now);
            if (store.replace(
                    actor.tenant(),
                    before,
                    Stored.of(after),
                    Optional.of(change),
                    conditions(actor.tenant(), wanted))) {
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
            if (store.replace(actor.tenant(), before, before.removed(), Optional.of(change), List.of())) {
                return destination;
            }
        }
        throw new ChangedMeanwhile();
    }
}
