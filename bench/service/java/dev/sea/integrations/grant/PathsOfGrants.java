package dev.sea.integrations.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.aws.ContentType;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.ObjectKey;
import dev.sea.integrations.call.AssumedRoles;
import dev.sea.integrations.call.AssumedSession;
import dev.sea.integrations.client.PresignedUrls;
import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.externalid.ExternalIdClaimStore;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.secret.SecretVault;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How long grants take beside the calls that they need, how many a process gives, and what the kept sessions weigh: a
 * measurement, run by {@code bench/run}.
 */
@QuarkusTest
class PathsOfGrants {
    private static final String TABLE = "local-sea-external-integrations";
    private static final int WARM_UP = 300;
    private static final int RUNS = Integer.getInteger("bench.runs", 11);
    private static final List<Integer> LATENCIES_MS = List.of(0, 20, 100);
    private static final int INTEGRATIONS = 1_000;
    private static final int AT_ONCE = 32;
    private static final int KEPT = 10_000;

    @Inject
    IntegrationStore integrations;

    @Inject
    GrantStore grants;

    @Inject
    AssumedRoles roles;

    @Inject
    ExternalIdClaimStore claims;

    @Inject
    SecretVault vault;

    @Inject
    Metrics metrics;

    @Inject
    PresignedUrls urls;

    @Inject
    AuditLog audit;

    private final Monitored integration = Monitored.active(Customer.healthy());
    private final Actor actor = new Actor(new Tenant(integration.tenant()), "recorder", "192.0.2.1", "request");
    private final IntegrationId id = new IntegrationId(integration.id());
    private final Time time = new Time();
    private int number;

    /** Moves on when a session shall be renewed. */
    private static final class Time implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    private enum Kind {
        FIRST("first in the process"),
        RENEWED("session renewed"),
        KEPT("session kept");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** Of one grant: milliseconds, of the whole and of its calls. */
    private record Measured(List<LocalAws.Call> calls, double took) {

        double slowest(String operation) {
            return calls.stream()
                    .filter(call -> call.operation().equals(operation))
                    .mapToDouble(call -> call.end() - call.start())
                    .max()
                    .orElse(0);
        }

        /** The record, then the role. */
        double two() {
            return slowest("GetItem") + slowest("AssumeRole");
        }

        /** What is between the calls and around them. */
        double own() {
            return took - slowest("GetItem") - slowest("PutItem") - slowest("AssumeRole");
        }
    }

    @Test
    void measure() throws IOException, ExecutionException, InterruptedException {
        List<String> table = new ArrayList<>(List.of(
                "| latency of a call | grant | calls | ms | times GetItem and AssumeRole | ms beside GetItem, AssumeRole, PutItem |",
                "|---|---|---|---|---|---|"));
        for (int warm = 0; warm < WARM_UP; warm++) {
            for (Kind kind : Kind.values()) {
                measured(kind, recording());
            }
        }
        for (int latency : LATENCIES_MS) {
            try (var _ = LocalAws.latency(latency)) {
                for (Kind kind : Kind.values()) {
                    table.add(row(latency, kind, false));
                    table.add(row(latency, kind, true));
                }
            }
        }
        Path report = Path.of("target", "bench", "grants.md");
        Files.createDirectories(report.getParent());
        Files.writeString(
                report,
                RUNS + " grants each.\n\n" + String.join("\n", table) + "\n\n" + many() + "\n\n" + weight() + "\n");
    }

    private String row(int latency, Kind kind, boolean recording) {
        List<Measured> measured = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            measured.add(measured(kind, recording ? recording() : playback()));
        }
        String calls = measured.getFirst().calls().stream()
                .map(LocalAws.Call::operation)
                .collect(Collectors.joining(", "));
        return "| %d ms | %s, %s | %s | %s | %s | %s |"
                .formatted(
                        latency,
                        recording ? "RECORD" : "PLAY",
                        kind.label,
                        calls,
                        spread(measured, Measured::took, 0),
                        kind == Kind.KEPT ? "" : spread(measured, it -> it.took() / it.two(), 2),
                        spread(measured, Measured::own, 1));
    }

    private Measured measured(Kind kind, Wanted wanted) {
        SessionOpener opener = new SessionOpener(roles, claims, vault, metrics, time);
        GrantSessions sessions = new GrantSessions(opener, time);
        Granting granting = new Granting(integrations, sessions, grants, urls, audit, time, new SecureRandom());
        if (kind != Kind.FIRST) {
            granting.grant(actor, id, wanted);
        }
        Duration before = time.ahead;
        if (kind == Kind.RENEWED) {
            // Past half of the session's hour.
            time.ahead = before.plusMinutes(31);
        }
        long since = System.currentTimeMillis();
        long start = System.nanoTime();
        granting.grant(actor, id, kind == Kind.KEPT || wanted.purpose() == Purpose.PLAY ? wanted : recording());
        double took = (System.nanoTime() - start) / 1e6;
        time.ahead = before;
        List<LocalAws.Call> calls = LocalAws.calls(since, Map.of());
        opener.close();
        return new Measured(calls, took);
    }

    private Wanted recording() {
        ObjectNode body = Recorder.recording("bench/" + number++, new byte[0]);
        return new Wanted.Recording(
                new ObjectKey(body.path("key").asText()),
                GrantInput.Form.URL,
                Duration.ofMinutes(5),
                0,
                new ContentSha256(body.path("sha256").asText()),
                new ContentType("video/mp4"));
    }

    private static Wanted playback() {
        return new Wanted.Playback(
                new ObjectKey("bench/played"),
                Optional.empty(),
                GrantInput.Form.URL,
                Duration.ofMinutes(5),
                Optional.empty(),
                Optional.empty());
    }

    /** A second's grants over many integrations: first each opens its session, then all are kept. */
    private String many() throws ExecutionException, InterruptedException {
        List<IntegrationId> all = copies();
        SessionOpener opener = new SessionOpener(roles, claims, vault, metrics, time);
        GrantSessions sessions = new GrantSessions(opener, time);
        Granting granting = new Granting(integrations, sessions, grants, urls, audit, time, new SecureRandom());
        double first = perSecond(granting, all);
        double kept = perSecond(granting, all);
        opener.close();
        return String.format(
                Locale.ROOT,
                "PLAY grants of %,d integrations, %d at a time: %,.0f a second while each opens its session, %,.0f when all are kept"
                        + " (the local AWS in Python answers each GetItem and AssumeRole, and is the limit).",
                all.size(),
                AT_ONCE,
                first,
                kept);
    }

    private double perSecond(Granting granting, List<IntegrationId> all)
            throws ExecutionException, InterruptedException {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Granting.Granted>> futures = all.stream()
                    .map(each -> threads.submit(() -> granting.grant(actor, each, playback())))
                    .toList();
            for (Future<Granting.Granted> future : futures) {
                assertThat(future.get().purpose()).isEqualTo(Purpose.PLAY);
            }
        }
        return all.size() / ((System.nanoTime() - start) / 1e9);
    }

    private List<IntegrationId> copies() {
        List<IntegrationId> all = new ArrayList<>();
        Map<String, AttributeValue> item = new HashMap<>(integration.item());
        // A copy is nobody's to sweep.
        item.keySet().removeAll(List.of("dueAt", "duePartition"));
        for (int i = 0; i < INTEGRATIONS; i++) {
            IntegrationId copy = IntegrationId.next(Instant.now(), RandomGenerator.getDefault());
            item.put("SK", AttributeValue.fromS("INT#" + copy));
            Account.SERVICE
                    .dynamoDb()
                    .putItem(request -> request.tableName(TABLE).item(item));
            all.add(copy);
        }
        return all;
    }

    private static String weight() {
        SessionCache cache = new SessionCache(20_000, 48L * 1024 * 1024);
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        Instant now = Instant.now();
        for (int i = 0; i < KEPT; i++) {
            IntegrationId integration = IntegrationId.next(now, RandomGenerator.getDefault());
            for (Purpose purpose : Purpose.values()) {
                String token = Integer.toHexString(i).repeat(1_000).substring(0, 1_000);
                AssumedSession session = new AssumedSession(
                        AwsSessionCredentials.create("ASIAIOSFODNN7EXAMPLE", "x".repeat(40), token),
                        now.plusSeconds(3_600));
                cache.session(
                        new SessionCache.Use(new Tenant("bench"), integration, purpose, Optional.empty()),
                        1,
                        now,
                        () -> GrantSession.of(session, new ExternalId("sea-bench"), now));
            }
        }
        runtime.gc();
        long after = runtime.totalMemory() - runtime.freeMemory();
        return String.format(
                Locale.ROOT,
                "The kept sessions of %,d integrations, both purposes, tokens of 1,000 characters: %,d sessions, %.0f MB.",
                KEPT,
                cache.size(),
                (after - before) / 1e6);
    }

    /** The median, and the quartiles in brackets. */
    private static String spread(List<Measured> measured, ToDoubleFunction<Measured> of, int digits) {
        double[] sorted = measured.stream().mapToDouble(of).sorted().toArray();
        String format = "%,." + digits + "f";
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                sorted[sorted.length / 2],
                sorted[sorted.length / 4],
                sorted[sorted.length * 3 / 4]);
    }
}
