package dev.sea.integrations.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.store.BenchIntegration;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaRecorder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/**
 * What one tenant's flood of failing validations costs another: a measurement, run by {@code bench/run}.
 *
 * <p>Requests go into the function's handler as Lambda hands them over, each on a thread of its own. So this models Lambda's
 * concurrency as threads of one process: all share its processors and its connections, which functions on Lambda do not. So the
 * flood looks worse than it would be. AWS is {@link StubAws}, which throttles nobody.
 */
@QuarkusTest
@TestProfile(LoadOfOneTenant.AsDeployed.class)
@QuarkusTestResource(value = StubAwsProcess.class, restrictToAnnotatedClass = true)
class LoadOfOneTenant {
    private static final int REQUESTS_A_SECOND = 50;
    private static final Duration FLOOD = Duration.ofSeconds(Integer.getInteger("bench.flood", 60));
    private static final Duration QUIET = FLOOD.dividedBy(2);
    private static final Duration BETWEEN_LISTS = Duration.ofMillis(250);
    private static final int TOTAL = 1_000;
    private static final int DUE = 200;
    private static final int LATENCY_MS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path REPORT = Path.of("target/bench/load.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Sweep sweep;

    private final Gateway victims = Gateway.admin("bench-0");
    private final Gateway attacker = Gateway.admin(Gateway.freshTenant());
    private final List<String> rows = new ArrayList<>(List.of(
            "| | the other tenant's list, p50, ms | p99, ms | lists | sweep, validations/s | times quiet |",
            "|---|---|---|---|---|---|"));

    /** With the limits and the patience that {@code template.yaml} leaves as they are. */
    public static final class AsDeployed implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            boolean limited = !Boolean.getBoolean("bench.unlimited");
            return Map.of(
                    "sea.limits.validations-per-minute", limited ? "30" : "0",
                    "sea.limits.validations-at-a-time", limited ? "5" : "0",
                    "sea.limits.external-ids-per-account", limited ? "5" : "0",
                    "sea.validation.propagation-patience", "4s");
        }
    }

    /** Of one phase: the latency of each list, in milliseconds, and the sweep's validations and seconds. */
    private record Pace(List<Double> lists, int validated, double sweeping) {
        double percentile(int percent) {
            List<Double> sorted = lists.stream().sorted().toList();
            return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
        }

        double perSecond() {
            return validated / sweeping;
        }

        Pace and(Pace other) {
            List<Double> all = new ArrayList<>(lists);
            all.addAll(other.lists);
            return new Pace(all, validated + other.validated, sweeping + other.sweeping);
        }
    }

    /** The attacker's answers: how many of each kind, and how long each took, in milliseconds. */
    private record Answers(Map<String, LongAdder> counts, Map<String, ConcurrentLinkedQueue<Double>> took) {
        static Answers none() {
            return new Answers(new ConcurrentSkipListMap<>(), new ConcurrentSkipListMap<>());
        }

        void count(String kind, double milliseconds) {
            counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
            took.computeIfAbsent(kind, _ -> new ConcurrentLinkedQueue<>()).add(milliseconds);
        }
    }

    @Test
    void anotherTenantKeepsItsPace() throws Exception {
        String draft = """
                {"type": "S3", "target": {"region": "us-east-1", "bucket": "bench-bucket"},
                 "access": {"method": "ASSUME_ROLE", "externalId": "sea-%s",
                            "roleArn": "arn:aws:iam::222233334444:role/%s"}}""".formatted("z".repeat(32), StubAws.DENIED_ROLE);
        phase(Duration.ofSeconds(10));

        Pace before = phase(QUIET);
        Answers answers = Answers.none();
        Pace flooded = during(draft, answers);
        Pace after = phase(QUIET);

        Pace quiet = before.and(after);
        row("quiet, before", before, quiet);
        row("flooded", flooded, quiet);
        row("quiet, after", after, quiet);
        rows.add("");
        rows.add("| answer to the flood | count | p50, ms | p99, ms |");
        rows.add("|---|---|---|---|");
        answers.counts().forEach((kind, count) -> {
            Pace took = new Pace(List.copyOf(answers.took().getOrDefault(kind, new ConcurrentLinkedQueue<>())), 0, 1);
            rows.add(
                    "| %s | %d | %.0f | %.0f |".formatted(kind, count.sum(), took.percentile(50), took.percentile(99)));
        });
        rows.add("");
        Files.createDirectories(REPORT.getParent());
        Files.write(REPORT, rows);
    }

    private void row(String name, Pace pace, Pace quiet) {
        rows.add(String.format(
                Locale.ROOT,
                "| %s | %.0f (%.2f) | %.0f (%.2f) | %d | %.1f | %.2f |",
                name,
                pace.percentile(50),
                pace.percentile(50) / quiet.percentile(50),
                pace.percentile(99),
                pace.percentile(99) / quiet.percentile(99),
                pace.lists().size(),
                pace.perSecond(),
                pace.perSecond() / quiet.perSecond()));
    }

    /** A phase in which the attacker sends its requests at an even pace, whether or not earlier ones are answered. */
    private Pace during(String draft, Answers answers) throws Exception {
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            ScheduledFuture<?> pace = clock.scheduleAtFixedRate(
                    () -> requests.execute(() -> flood(draft, answers)),
                    0,
                    1_000_000 / REQUESTS_A_SECOND,
                    TimeUnit.MICROSECONDS);
            Pace flooded = phase(FLOOD);
            pace.cancel(false);
            return flooded;
        }
    }

    private void flood(String draft, Answers answers) {
        long start = System.nanoTime();
        JsonNode answer = handled(attacker.event("POST", "/v1/validations", draft));
        String kind = answer.path("statusCode").asText();
        if (kind.equals("429")) {
            kind += header(answer, "Retry-After").isEmpty() ? " without Retry-After" : " with Retry-After";
        }
        if (kind.equals("200")) {
            kind += ", " + json(answer.path("body").asText()).path("status").asText();
        }
        answers.count(kind, millisSince(start));
    }

    /** The other tenant's list and the sweep, for so long. */
    private Pace phase(Duration length) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Double>> lists = threads.submit(() -> lists(over));
            Instant end = Instant.now().plus(length);
            int validated = 0;
            double seconds = 0;
            while (Instant.now().isBefore(end)) {
                makeDue();
                long start = System.nanoTime();
                SweepReport report = sweep.run(new Shard(0, 1), Duration.ofMinutes(2));
                seconds += millisSince(start) / 1e3;
                assertThat(report.unknown() + report.failed())
                        .as(report.toString())
                        .isZero();
                validated += report.validated();
            }
            over.set(true);
            return new Pace(lists.get(), validated, seconds);
        }
    }

    private List<Double> lists(AtomicBoolean over) throws InterruptedException {
        List<Double> took = new ArrayList<>();
        while (!over.get()) {
            long start = System.nanoTime();
            JsonNode answer = handled(victims.event("GET", "/v1/integrations?limit=50", null));
            took.add(millisSince(start));
            assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
            Thread.sleep(BETWEEN_LISTS);
        }
        return took;
    }

    /** Makes integrations overdue. The first of them are the other tenant's. */
    private void makeDue() throws IOException, InterruptedException {
        ObjectNode seed =
                JSON.createObjectNode().put("total", TOTAL).put("due", DUE).put("latencyMillis", LATENCY_MS);
        seed.set("template", BenchIntegration.item(Instant.now()));
        HTTP.send(
                HttpRequest.newBuilder(
                                URI.create(ConfigProvider.getConfig().getValue(StubAwsProcess.ENDPOINT, String.class)
                                        + "/_bench/seed"))
                        .POST(HttpRequest.BodyPublishers.ofString(seed.toString()))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static JsonNode handled(ObjectNode event) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            AmazonLambdaRecorder.handle(
                    new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)), answer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return json(answer.toString(StandardCharsets.UTF_8));
    }

    private static String header(JsonNode answer, String name) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.path("headers").forEachEntry((key, value) -> headers.put(key, value.asText()));
        answer.path("multiValueHeaders")
                .forEachEntry((key, values) -> headers.put(key, values.path(0).asText()));
        return headers.getOrDefault(name, "");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }
}
