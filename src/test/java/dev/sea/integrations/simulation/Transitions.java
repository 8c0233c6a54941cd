package dev.sea.integrations.simulation;

import dev.sea.integrations.Sha256;
import dev.sea.integrations.grant.SimulatedGrants;
import dev.sea.integrations.simulation.Ledger.Attempt;
import dev.sea.integrations.simulation.Stored.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** What one write may make of what is stored, and what must come with it. */
final class Transitions {
    private final World world;
    /** Events that were stored, by their details. Each has to be sent. */
    private final Set<String> announced = new LinkedHashSet<>();
    /** Who took which lease. */
    private final Map<String, Attempt> leases = new HashMap<>();
    /** Which access and bucket each integration had, and since which step. */
    private final Map<String, List<Way>> ways = new HashMap<>();
    /** Which tenant an external ID has belonged to for good, and since which step. */
    private final Map<String, Owner> owners = new HashMap<>();

    /** @param access the role's ARN, or the access key's ID */
    private record Way(int step, String access, String bucket) {}

    private record Owner(int step, String tenant) {}

    Transitions(World world) {
        this.world = world;
    }

    Optional<String> between(Stored before, Stored now) {
        List<String> broken = new ArrayList<>();
        now.changesFrom(before, (was, is) -> {
            Item item = is.or(() -> was).orElseThrow();
            String kind = item.sk();
            if (item.pk().startsWith("OUTBOX#")) {
                outbox(was, is).ifPresent(broken::add);
            } else if (kind.startsWith("INT#")) {
                integration(was, is, now).ifPresent(broken::add);
            } else if (kind.startsWith("GRANT#")) {
                grant(was, is).or(() -> missed(was, is, now)).ifPresent(broken::add);
            } else if (kind.startsWith("DESTINATION#")) {
                sequence(was, is).or(() -> next(was, is)).ifPresent(broken::add);
            } else if (kind.startsWith("USE#")) {
                sequence(was, is).ifPresent(broken::add);
            } else if (kind.startsWith("IDEM#")) {
                idempotency(was, is).ifPresent(broken::add);
            } else if (item.pk().startsWith("EXTID#")) {
                claim(was, is).ifPresent(broken::add);
            }
        });
        return broken.stream().findFirst();
    }

    private Optional<String> outbox(Optional<Item> was, Optional<Item> is) {
        is.ifPresent(item -> announced.add(item.textOf("detail")));
        return was.filter(item -> is.isEmpty() && !world.aws.isSent(item.textOf("detail")))
                .map(item -> "an event is forgotten before it is sent: " + item.sk());
    }

    /** What was announced and never sent. */
    Stream<String> unsent() {
        return announced.stream().filter(detail -> !world.aws.isSent(detail)).map(detail -> "lost: " + detail);
    }

    private void noteWay(Item item) {
        Way way = new Way(
                world.scheduler.steps(),
                item.text("roleArn").orElse(item.textOf("accessKeyId")),
                item.textOf("bucket"));
        List<Way> before = ways.computeIfAbsent(item.id(), _ -> new ArrayList<>());
        if (before.isEmpty()
                || !before.getLast().access().equals(way.access())
                || !before.getLast().bucket().equals(way.bucket())) {
            before.add(way);
        }
    }

    /** A grant is signed with the access, and for the bucket, that the integration had while it was asked for. */
    Optional<String> granted(Attempt attempt, SimulatedGrants.Given given) {
        List<Way> all = ways.getOrDefault(given.integration().value(), List.of());
        String signer = given.accessKeyId();
        for (int i = 0; i < all.size(); i++) {
            Way way = all.get(i);
            boolean inTime = i + 1 == all.size() || all.get(i + 1).step() >= attempt.started;
            boolean signs = way.access().equals(signer)
                    || world.aws.sts.owner(signer).filter(way.access()::equals).isPresent();
            if (inTime && signs && way.bucket().equals(given.object().bucket().value())) {
                return Optional.empty();
            }
        }
        return Optional.of("a grant uses an access or bucket that is no longer the integration's: " + attempt);
    }

    /** Nobody assumes a role with an external ID that has been another tenant's since before the request. */
    Optional<String> assumed(Attempt attempt, AssumeRoleRequest request) {
        if (request.externalId() == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                        owners.get("EXTID#" + Sha256.hex(request.externalId().toLowerCase(Locale.ROOT))))
                .filter(owner -> owner.step() < attempt.started
                        && !request.roleSessionName().startsWith("sea-" + owner.tenant() + "-"))
                .map(owner -> "a role is assumed with an external ID of " + owner.tenant() + ": " + attempt);
    }

    private Optional<String> integration(Optional<Item> was, Optional<Item> is, Stored now) {
        is.ifPresent(this::noteWay);
        if (was.isEmpty()) {
            return Optional.empty();
        }
        Item before = was.get();
        if (is.isEmpty()) {
            return before.textOf("state").equals("ACTIVE")
                    ? Optional.of("an active integration is deleted: " + before.id())
                    : Optional.empty();
        }
        Item after = is.get();
        return Stream.of(
                        lease(before, after),
                        version(before, after),
                        health(before, after, now),
                        after.textOf("createdBy").equals(before.textOf("createdBy"))
                                ? Optional.<String>empty()
                                : Optional.of("a record is replaced by another: " + after.id()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** A lease is taken only when no other holds, and ends no other way. */
    private Optional<String> lease(Item before, Item after) {
        Optional<String> old = before.text("lease");
        Optional<String> taken = after.text("lease").filter(token -> !old.equals(Optional.of(token)));
        taken.ifPresent(token -> world.running().ifPresent(attempt -> leases.put(token, attempt)));
        boolean holds = old.isPresent() && before.typed().time("dueAt").isAfter(world.clock.instant());
        return taken.isPresent() && holds ? Optional.of("two sweeps have a lease on " + after.sk()) : Optional.empty();
    }

    private Optional<String> version(Item before, Item after) {
        long step = after.number("version") - before.number("version");
        boolean same = after.textOf("updatedBy").equals(before.textOf("updatedBy"))
                && after.textOf("state").equals(before.textOf("state"))
                && after.textOf("name").equals(before.textOf("name"))
                && after.textOf("bucket").equals(before.textOf("bucket"))
                && after.textOf("externalId").equals(before.textOf("externalId"))
                && after.textOf("secretName").equals(before.textOf("secretName"))
                && after.textOf("description").equals(before.textOf("description"));
        if (step == 0) {
            return same ? Optional.empty() : Optional.of("changed without a new version: " + after.id());
        }
        return step == 1
                ? activation(before, after)
                : Optional.of("a version of " + after.id() + " is left out or comes again");
    }

    /** Only what is proved becomes active, and stays proved. */
    private Optional<String> activation(Item before, Item after) {
        boolean activated = before.textOf("state").equals("INACTIVE")
                && after.textOf("state").equals("ACTIVE");
        boolean proved = after.health().text("status").equals("HEALTHY")
                && after.health().number("fullPassVersion") == after.number("version");
        return activated && !proved
                ? Optional.of("activated without a proof of this version: " + after.id())
                : Optional.empty();
    }

    private Optional<String> health(Item before, Item after, Stored now) {
        long old = before.health().number("sequence");
        long sequence = after.health().number("sequence");
        if (sequence < old) {
            return Optional.of("the sequence of " + after.id() + " goes back");
        }
        String status = after.health().text("status");
        boolean changed = !status.equals(before.health().text("status"));
        if (changed) {
            String event = "%s#%010d".formatted(after.id(), sequence);
            if (sequence == old || now.of("OUTBOX#").noneMatch(item -> item.sk().equals(event))) {
                return Optional.of("a change of health without its event: " + after.id());
            }
        }
        if (sequence == old && !time(after, "checkedAt").equals(time(before, "checkedAt"))) {
            return Optional.of("health is written over another's: " + after.id());
        }
        boolean ofSweep =
                world.running().filter(it -> it.is(Operation.Kind.SWEEP)).isPresent();
        return sequence > old && ofSweep && !isOwn(before)
                ? Optional.of("a sweep writes health without the lease: " + after.id())
                : Optional.empty();
    }

    private static Optional<Instant> time(Item item, String name) {
        return item.health().optionalTime(name);
    }

    /** Whether the one who writes holds the item's lease. */
    private boolean isOwn(Item before) {
        return before.text("lease")
                .map(leases::get)
                .filter(holder -> world.running().equals(Optional.of(holder)))
                .isPresent();
    }

    /** What S3 has shown stands. Only the holder of the lease writes what a sweep saw. */
    private Optional<String> grant(Optional<Item> was, Optional<Item> is) {
        if (was.isEmpty() || is.isEmpty()) {
            return Optional.empty();
        }
        Item before = was.get();
        Item after = is.get();
        Optional<String> two = lease(before, after);
        if (two.isPresent()) {
            return two;
        }
        String old = before.textOf("state");
        boolean changed = !old.equals(after.textOf("state"));
        boolean proved = Set.of("STORED", "MISSING").contains(old)
                || (old.equals("FAILED") && before.text("reason").isPresent());
        if (changed && (proved || after.textOf("state").equals("OPEN"))) {
            return Optional.of("what was proved of a grant is changed: " + after.sk());
        }
        boolean ofSweep =
                world.running().filter(it -> it.is(Operation.Kind.SWEEP)).isPresent();
        return changed && ofSweep && !isOwn(before)
                ? Optional.of("a sweep settles a grant without the lease: " + after.sk())
                : Optional.empty();
    }

    /** A recording that is found missing is told of. */
    private static Optional<String> missed(Optional<Item> was, Optional<Item> is, Stored now) {
        return is.filter(item -> item.textOf("state").equals("MISSING")
                        && was.filter(before -> before.textOf("state").equals("MISSING"))
                                .isEmpty())
                .filter(item -> now.of("OUTBOX#")
                        .noneMatch(event -> event.textOf("detail")
                                .contains(item.sk().substring(item.sk().lastIndexOf('#') + 1))))
                .map(item -> "a recording is missing without its event: " + item.sk());
    }

    /** Each write of a destination is the next one of what its writer has read. */
    private static Optional<String> next(Optional<Item> was, Optional<Item> is) {
        return was.filter(before -> is.filter(after -> after.number("version") == before.number("version") + 1
                                || after.number("sequence") == before.number("sequence") + 1)
                        .isEmpty())
                .map(before -> "a destination is written over another: " + before.sk());
    }

    private static Optional<String> sequence(Optional<Item> was, Optional<Item> is) {
        long old = was.map(item -> item.number("sequence")).orElse(0L);
        return is.filter(item -> item.number("sequence") < old)
                .map(item -> "the sequence of " + item.sk() + " goes back")
                .or(() -> is.filter(item -> was.isPresent() && item.number("sequence") == old)
                        .filter(item -> Stream.of("primary", "secondary", "serving")
                                .anyMatch(name ->
                                        !item.text(name).equals(was.get().text(name))))
                        .map(item -> "a change is written over another: " + item.sk()));
    }

    /** A key belongs to one integration until its time is over. */
    private Optional<String> idempotency(Optional<Item> was, Optional<Item> is) {
        return was.filter(item -> Instant.ofEpochSecond(item.number("ttl")).isAfter(world.clock.instant()))
                .filter(item -> is.filter(other -> other.textOf("integration").equals(item.textOf("integration")))
                        .isEmpty())
                .map(item -> "an idempotency key forgets its integration: " + item.sk());
    }

    /** An external ID stays its tenant's unless nobody used it in time. */
    private Optional<String> claim(Optional<Item> was, Optional<Item> is) {
        is.filter(item -> !item.typed().has("ttl"))
                .ifPresent(item ->
                        owners.putIfAbsent(item.pk(), new Owner(world.scheduler.steps(), item.textOf("tenant"))));
        return was.filter(item -> !item.typed().has("ttl")
                        || Instant.ofEpochSecond(item.number("ttl")).isAfter(world.clock.instant()))
                .filter(item -> is.filter(other -> other.textOf("tenant").equals(item.textOf("tenant")))
                        .isEmpty())
                .map(item -> "an external ID is taken from its tenant: " + item.pk());
    }
}
