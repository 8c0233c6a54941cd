package dev.sea.integrations.simulation;

import dev.sea.integrations.Sha256;
import dev.sea.integrations.grant.SimulatedGrants;
import dev.sea.integrations.simulation.Ledger.Attempt;
import dev.sea.integrations.simulation.Stored.Item;
import dev.sea.integrations.simulation.aws.SecretsModel;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds after each write, whoever is in the middle of what. Each answers with what is broken. */
final class Invariants {
    /** Keys of claims by external ID. */
    private static final Map<String, String> CLAIMS = new ConcurrentHashMap<>();

    private final World world;
    private final Transitions transitions;
    private Stored last = new Stored();

    Invariants(World world) {
        this.world = world;
        this.transitions = new Transitions(world);
    }

    Stored stored() {
        return last;
    }

    Transitions transitions() {
        return transitions;
    }

    Optional<String> afterWrite() {
        Stored before = last;
        Stored now = Stored.of(world.aws.dynamo, before);
        last = now;
        return Stream.<Supplier<Optional<String>>>of(
                        () -> transitions.between(before, now),
                        () -> counted(now),
                        () -> named(now),
                        () -> claimed(now),
                        () -> secret(now),
                        () -> destined(now),
                        () -> evident(now),
                        () -> healthy(now),
                        () -> createdOnce(now))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    Optional<String> afterAnswer(Attempt attempt) {
        return attempt.answer instanceof SimulatedGrants.Given given
                ? transitions.granted(attempt, given).or(() -> Promises.afterAnswer(attempt, world.ledger))
                : Promises.afterAnswer(attempt, world.ledger);
    }

    private static Optional<String> first(Stream<String> broken) {
        return broken.findFirst();
    }

    private static Optional<String> counted(Stored now) {
        Map<String, Long> records =
                now.integrations().collect(Collectors.groupingBy(Item::tenant, Collectors.counting()));
        return first(Stream.of("acme", "globex")
                .filter(tenant -> !now.find("TENANT#" + tenant, "COUNT")
                        .map(item -> item.number("integrations"))
                        .orElse(0L)
                        .equals(records.getOrDefault(tenant, 0L)))
                .map(tenant -> "the count of " + tenant + " is not the number of its integrations"));
    }

    private static Optional<String> named(Stored now) {
        Stream<String> unclaimed = now.integrations()
                .filter(item -> now.find(item.pk(), "NAME#" + item.textOf("nameClaim"))
                        .filter(claim -> claim.textOf("integration").equals(item.id()))
                        .isEmpty())
                .map(item -> item.id() + " does not hold its name");
        Stream<String> left = now.ofTenants("NAME#")
                .filter(claim -> now.find(claim.pk(), "INT#" + claim.textOf("integration"))
                        .filter(item -> item.textOf("nameClaim").equals(claim.id()))
                        .isEmpty())
                .map(claim -> "nobody has the name " + claim.id() + " that is taken");
        return first(Stream.concat(unclaimed, left));
    }

    private static Optional<String> claimed(Stored now) {
        Map<String, List<Item>> users = now.integrations()
                .filter(item -> item.text("externalId").isPresent())
                .collect(Collectors.groupingBy(item -> CLAIMS.computeIfAbsent(
                        item.textOf("externalId"), id -> "EXTID#" + Sha256.hex(id.toLowerCase(Locale.ROOT)))));
        Stream<String> unowned = users.entrySet().stream()
                .filter(entry -> now.find(entry.getKey(), "CLAIM")
                        .filter(claim -> !claim.typed().has("ttl"))
                        .filter(claim -> entry.getValue().stream()
                                .allMatch(item -> item.tenant().equals(claim.textOf("tenant"))))
                        .isEmpty())
                .map(entry -> "an external ID in use is not its tenant's: " + entry.getValue());
        Stream<String> miscounted = now.of("EXTID#")
                .filter(claim -> claim.number("uses")
                        != users.getOrDefault(claim.pk(), List.of()).size())
                .map(claim -> "an external ID is used by another number than its claim says: " + claim);
        return first(Stream.concat(unowned, miscounted));
    }

    private Optional<String> secret(Stored now) {
        Set<String> used = now.integrations()
                .flatMap(item -> item.text("secretName").stream())
                .collect(Collectors.toSet());
        Set<String> marked = now.of("ORPHAN#").map(Item::sk).collect(Collectors.toSet());
        Map<String, SecretsModel.Secret> secrets = world.aws.secrets.secrets();
        Set<String> live = secrets.values().stream()
                .filter(secret -> secret.deletion().isEmpty())
                .map(SecretsModel.Secret::name)
                .collect(Collectors.toSet());
        return first(Stream.of(
                        used.stream()
                                .filter(name -> !live.contains(name))
                                .map(name -> "a record's secret is gone: " + name),
                        used.stream().filter(marked::contains).map(name -> "a used secret has a marker: " + name),
                        live.stream()
                                .filter(name -> !used.contains(name) && !marked.contains(name))
                                .map(name -> "nobody knows the secret " + name))
                .flatMap(broken -> broken)
                .sorted());
    }

    private static Optional<String> destined(Stored now) {
        return first(now.ofTenants("DESTINATION#")
                .flatMap(destination -> Stream.of("primary", "secondary")
                        .flatMap(place -> destination.text(place).stream())
                        .filter(id -> now.find(destination.pk(), "INT#" + id)
                                .filter(item -> item.textOf("state").equals("ACTIVE"))
                                .isEmpty()))
                .map(id -> "recordings go to " + id + ", which is not active"));
    }

    private static Optional<String> evident(Stored now) {
        Map<String, Long> counted = new HashMap<>();
        now.ofTenants("EVIDENCE#")
                .forEach(day -> Stream.of("stored", "failed", "missing", "unverified", "bytes")
                        .forEach(what -> counted.merge(what, day.number(what), Long::sum)));
        Map<String, Long> settled = new HashMap<>();
        now.ofTenants("GRANT#")
                .filter(grant -> !grant.textOf("state").equals("OPEN"))
                .forEach(grant -> {
                    settled.merge(grant.textOf("state").toLowerCase(Locale.ROOT), 1L, Long::sum);
                    if (grant.textOf("state").equals("STORED")) {
                        settled.merge("bytes", grant.number("contentLength"), Long::sum);
                    }
                });
        counted.values().removeIf(count -> count == 0);
        long copies = now.ofTenants("MISSING#").count();
        if (copies != settled.getOrDefault("missing", 0L)) {
            return Optional.of("the list of missing recordings has " + copies + ", the grants say " + settled);
        }
        return counted.equals(settled)
                ? Optional.empty()
                : Optional.of("the evidence counts " + counted + ", the grants say " + settled);
    }

    /** What never works is never called healthy, and never active. */
    private static Optional<String> healthy(Stored now) {
        return first(now.integrations()
                .filter(item -> Customers.neverWorks(item)
                        && (item.textOf("state").equals("ACTIVE")
                                || item.health().text("status").equals("HEALTHY")))
                .map(item -> "an integration that never works is active or healthy: " + item.id()));
    }

    /** However often a creation is repeated. */
    private static Optional<String> createdOnce(Stored now) {
        return first(now
                .integrations()
                .collect(Collectors.groupingBy(item -> item.textOf("createdBy"), Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> "one request made " + entry.getValue() + " integrations: " + entry.getKey())
                .sorted());
    }

    /** At the end, when nothing is under way and nothing due. */
    Optional<String> atTheEnd() {
        Stored now = Stored.of(world.aws.dynamo);
        last = now;
        Stream<String> left = Stream.of(
                        now.of("OUTBOX#").map(item -> "an event was never sent: " + item.sk()),
                        now.of("ORPHAN#").map(item -> "a secret's marker stays: " + item.sk()),
                        now.ofTenants("GRANT#")
                                .filter(item -> item.textOf("state").equals("OPEN"))
                                .map(item -> "nobody looks for a grant's object any more: " + item.sk()))
                .flatMap(broken -> broken);
        return first(Stream.of(left, transitions.unsent(), Promises.atTheEnd(world.ledger, now).stream())
                .flatMap(broken -> broken)
                .filter(Objects::nonNull));
    }
}
