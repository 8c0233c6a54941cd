package dev.sea.integrations.simulation;

import dev.sea.integrations.api.IdempotencyKey;
import dev.sea.integrations.api.RecordedAnswer;
import dev.sea.integrations.api.RepeatableCreation;
import dev.sea.integrations.destination.Destinations;
import dev.sea.integrations.destination.Failover;
import dev.sea.integrations.destination.SimulatedDestinations;
import dev.sea.integrations.evidence.SimulatedOutcomes;
import dev.sea.integrations.externalid.ExternalIds;
import dev.sea.integrations.grant.SimulatedGrants;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.Edit;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.lifecycle.Activation;
import dev.sea.integrations.lifecycle.Creation;
import dev.sea.integrations.lifecycle.Deletion;
import dev.sea.integrations.lifecycle.Editing;
import dev.sea.integrations.lifecycle.Validations;
import dev.sea.integrations.schedule.Shard;
import dev.sea.integrations.schedule.Sweep;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the requests of clients with the beans that the API's resources call. */
final class Requests {
    private static final int PARTITIONS = 64;
    private static final Duration ENOUGH = Duration.ofHours(1);

    private final Wiring beans;
    private final Operation operation;
    private final Known known;
    private final Ledger ledger;
    private final Actor actor;

    /**
     * What a client has read before its request.
     *
     * @param integration the one with the operation's name, or the last one that had it
     * @param other another one, for a secondary destination
     * @param foreign one of another tenant
     * @param partition what a sweep is to sweep
     */
    record Known(
            Optional<IntegrationId> integration,
            long version,
            Optional<IntegrationId> other,
            Optional<IntegrationId> foreign,
            int partition) {}

    Requests(Wiring beans, Operation operation, Known known, Ledger ledger) {
        this.beans = beans;
        this.operation = operation;
        this.known = known;
        this.ledger = ledger;
        this.actor = new Actor(
                new Tenant(operation.tenant()), "op" + operation.number(), "unknown", "op" + operation.number());
    }

    /** Makes the request. Returns what is answered. */
    Object answer() {
        int choice = operation.choice();
        return switch (operation.kind()) {
            case CREATE -> created(true);
            case CREATE_UNPROVED -> created(false);
            case RENAME ->
                edited(it -> edit(it, Customers.name(choice), it.description(), it.target(), Optional.empty()));
            case DESCRIBE ->
                edited(it ->
                        edit(it, it.name(), new Description("by " + actor.subject()), it.target(), Optional.empty()));
            case RETARGET -> edited(it -> edit(it, it.name(), it.description(), target(), Optional.empty()));
            case NEW_ACCESS -> edited(it -> edit(it, it.name(), it.description(), it.target(), Optional.of(access())));
            case ACTIVATE -> beans.bean(Activation.class).activate(actor, id());
            case DEACTIVATE -> beans.bean(Activation.class).deactivate(actor, id());
            case DELETE -> {
                beans.bean(Deletion.class).delete(actor, id(), choice % 2 == 0 ? Optional.empty() : ifMatch());
                yield "deleted";
            }
            case VALIDATE -> beans.bean(Validations.class).stored(actor, id()).status();
            case DRAFT -> beans.bean(Validations.class).draft(actor, draft()).status();
            case RESERVE -> {
                ExternalIds.Reserved reserved = beans.bean(ExternalIds.class).reserve(actor);
                ledger.addReserved(operation.tenant(), reserved.externalId().value());
                yield reserved.externalId().value();
            }
            case SET_DESTINATION ->
                SimulatedDestinations.set(
                        beans.bean(Destinations.class),
                        actor,
                        id(),
                        choice % 2 == 0 ? Optional.empty() : known.other());
            case REMOVE_DESTINATION -> {
                SimulatedDestinations.remove(beans.bean(Destinations.class), actor);
                yield "removed";
            }
            case READINESS -> SimulatedDestinations.ready(beans.bean(Failover.class), actor);
            case RECORD -> recording();
            case PLAY -> SimulatedGrants.play(granting(), actor, id(), Customers.key(choice));
            case TELL_STORED -> {
                Ledger.Granted grant = grant();
                yield SimulatedOutcomes.stored(
                        beans.bean(SimulatedOutcomes.bean()),
                        actor,
                        grant.given().integration(),
                        grant.given().id());
            }
            case TELL_FAILED -> {
                Ledger.Granted grant = grant();
                yield SimulatedOutcomes.failed(
                        beans.bean(SimulatedOutcomes.bean()),
                        actor,
                        grant.given().integration(),
                        grant.given().id(),
                        choice % 2 == 0 ? 412 : 403);
            }
            case TRESPASS -> trespassed();
            case SWEEP ->
                beans.bean(Sweep.class)
                        .run(new Shard(known.partition(), PARTITIONS), ENOUGH)
                        .complete();
            case STORE, BREAK, MEND, PASS_MINUTES, PASS_AN_HOUR, PASS_A_DAY, EXPIRE ->
                throw new IllegalStateException(operation + " is no request");
        };
    }

    private Object created(boolean validate) {
        NewIntegration wanted = new NewIntegration(
                IntegrationName.entered(operation.name()), new Description("by " + actor.subject()), draft());
        if (!isKeyed(operation)) {
            Creation creation = beans.bean(Creation.class);
            return creation.create(actor, wanted, validate, creation.newId()).integration();
        }
        byte[] body = (operation.name() + operation.choice() + validate).getBytes(StandardCharsets.UTF_8);
        RecordedAnswer answer =
                beans.bean(RepeatableCreation.class).create(actor, key(operation), body, wanted, validate);
        return answer;
    }

    /** Whether a creation has an idempotency key. */
    static boolean isKeyed(Operation operation) {
        return operation.choice() % 3 > 0;
    }

    /** Some clients send the same request twice at a time; some mistake another's key for theirs. */
    static IdempotencyKey key(Operation operation) {
        boolean shared = operation.choice() % 5 == 0;
        return new IdempotencyKey(shared ? operation.name() : "key-" + operation.number());
    }

    private Draft draft() {
        return new Draft(target(), true, access());
    }

    private Target target() {
        return Customers.target(operation.tenant(), operation.choice() / 7);
    }

    private PresentedAccess access() {
        return Customers.access(operation.tenant(), operation.choice() / 3, ledger.reserved(operation.tenant()));
    }

    private IntegrationId id() {
        return known.integration().orElseThrow();
    }

    private Optional<IfMatch> ifMatch() {
        return switch (operation.choice() % 9) {
            case 0 -> Optional.of(new IfMatch(false, List.of(IfMatch.tag(known.version() - 1))));
            case 1 -> Optional.of(new IfMatch(true, List.of()));
            default -> Optional.of(new IfMatch(false, List.of(IfMatch.tag(known.version()))));
        };
    }

    private Integration edited(Function<Integration, Edit> wanted) {
        return beans.bean(Editing.class).edit(actor, id(), ifMatch(), wanted).integration();
    }

    private static Edit edit(
            Integration before,
            IntegrationName name,
            Description description,
            Target target,
            Optional<PresentedAccess> access) {
        return new Edit(name, description, target, before.sessionMetadata(), access);
    }

    private Object granting() {
        return beans.bean(SimulatedGrants.bean());
    }

    private SimulatedGrants.Given recording() {
        String content = Customers.content(operation.choice());
        SimulatedGrants.Given given = SimulatedGrants.record(
                granting(),
                actor,
                id(),
                Customers.key(operation.choice()),
                content.length(),
                Customers.sha256(content));
        ledger.add(new Ledger.Granted(operation.tenant(), given, content.length(), content));
        return given;
    }

    private Ledger.Granted grant() {
        return ledger.grant(operation.tenant(), operation.choice()).orElseThrow();
    }

    private Object trespassed() {
        IntegrationId foreign = known.foreign().orElseThrow();
        return switch (operation.choice() % 6) {
            case 0 -> beans.bean(Validations.class).stored(actor, foreign);
            case 1 -> beans.bean(Activation.class).activate(actor, foreign);
            case 2 -> beans.bean(Activation.class).deactivate(actor, foreign);
            case 3 -> SimulatedGrants.play(granting(), actor, foreign, Customers.key(0));
            case 4 -> SimulatedDestinations.set(beans.bean(Destinations.class), actor, foreign, Optional.empty());
            default -> {
                beans.bean(Deletion.class).delete(actor, foreign, Optional.empty());
                yield "deleted";
            }
        };
    }
}
