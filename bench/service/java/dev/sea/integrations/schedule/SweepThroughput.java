package dev.sea.integrations.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.FormatMethod;
import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.sea.integrations.ScheduleConfig;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.event.Metrics;
import dev.sea.integrations.evidence.FailingUses;
import dev.sea.integrations.evidence.Looks;
import dev.sea.integrations.lifecycle.ScheduledValidations;
import dev.sea.integrations.store.BenchIntegration;
import dev.sea.integrations.store.DueIndex;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Measures sweeps; run by {@code bench/run}, never by the build. */
@QuarkusTest
@QuarkusTestResource(value = StubAwsProcess.class, restrictToAnnotatedClass = true)
class SweepThroughput {
    private static final int HOSTS = 2_000;
    private static final int PART = 100;

    /**
     * The file descriptors that sweeps get beyond those that the tests hold: Lambda's 1,024, less a quarter for the
     * function's own files.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda quotas</a>
     */
    private static final int DESCRIPTORS = 768;

    private static final Path REPORT = Path.of("target/bench/sweep.md");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final UnixOperatingSystemMXBean SYSTEM =
            (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Inject
    DueIndex index;

    @Inject
    ScheduledValidations validations;

    @Inject
    Looks looks;

    @Inject
    FailingUses uses;

    @Inject
    Housekeeping housekeeping;

    @Inject
    Metrics metrics;

    @Inject
    SeaConfig config;

    @Inject
    InstantSource time;

    private record Run(
            SweepReport report,
            double seconds,
            double cpuMillis,
            long allocated,
            long heapMegabytes,
            long descriptors,
            JsonNode calls) {
        double perSecond() {
            return report.validated() / seconds;
        }

        double ofOne(double all) {
            return all / report.validated();
        }
    }

    @Test
    void throughputByConcurrency() throws IOException, InterruptedException {
        int due = Integer.getInteger("bench.due", 2_000);
        int latency = Integer.getInteger("bench.latency", 50);
        List<Integer> concurrencies = Arrays.stream(
                        System.getProperty("bench.concurrency", "1,8,32,64").split(",", -1))
                .map(Integer::valueOf)
                .toList();
        run(1_000, 1_000, 0, 0, 32);
        long before = SYSTEM.getOpenFileDescriptorCount();
        limitDescriptors(before + DESCRIPTORS);
        line(
                "Due %d, latency %d ms a call, light validations; %d descriptors allowed beyond those of the tests.%n",
                due, latency, DESCRIPTORS);
        line("| concurrency | hosts of buckets | seconds | validations/s | times concurrency 1 | times one host "
                + "| processor time of one, ms | allocated by one, kB | peak heap, MB | new connections for one "
                + "| peak descriptors |");
        line("|---|---|---|---|---|---|---|---|---|---|---|");
        double slowest = 0;
        for (int concurrency : concurrencies) {
            double oneHost = 0;
            for (int hosts : new int[] {0, HOSTS}) {
                // At low concurrency a part tells as much.
                int part = Math.min(due, PART * concurrency);
                Run run = run(due, part, latency, hosts, concurrency);
                slowest = slowest == 0 ? run.perSecond() : slowest;
                oneHost = oneHost == 0 ? run.perSecond() : oneHost;
                line(
                        "| %d | %d | %.1f | %.1f | %.1f | %.2f | %.1f | %.0f | %d | %.2f | %d |",
                        concurrency,
                        Math.max(1, hosts),
                        run.seconds(),
                        run.perSecond(),
                        run.perSecond() / slowest,
                        run.perSecond() / oneHost,
                        run.ofOne(run.cpuMillis()),
                        run.ofOne(run.allocated() / 1e3),
                        run.heapMegabytes(),
                        run.ofOne(run.calls().path("connections").asInt()),
                        run.descriptors() - before);
            }
        }
        line("");
    }

    @Test
    void costByWhatIsDue() throws IOException, InterruptedException {
        line("| integrations | due | seconds | requests by operation |");
        line("|---|---|---|---|");
        for (int[] size : new int[][] {{1_000, 100}, {100_000, 100}, {100_000, 0}, {1_000, 100}, {100_000, 100}}) {
            Run run = run(size[0], size[1], 5, 0, 32);
            TreeMap<String, Long> calls = new TreeMap<>();
            run.calls().forEachEntry((name, count) -> calls.put(name, count.asLong()));
            calls.remove("connections");
            line("| %d | %d | %.2f | %s |", size[0], size[1], run.seconds(), calls);
        }
        line("");
    }

    private static void limitDescriptors(long limit) throws IOException {
        String self = Long.toString(ProcessHandle.current().pid());
        Process limited = new ProcessBuilder("prlimit", "--pid", self, "--nofile=" + limit + ":" + limit)
                .inheritIO()
                .start();
        if (limited.onExit().join().exitValue() != 0) {
            throw new IOException("the number of descriptors could not be limited");
        }
    }

    private Run run(int total, int due, int latency, int hosts, int concurrency)
            throws IOException, InterruptedException {
        ObjectNode seed = JSON.createObjectNode().put("total", total).put("due", due);
        seed.put("latencyMillis", latency).put("hosts", hosts);
        seed.set("template", BenchIntegration.item(Instant.now()));
        send("POST", "/_bench/seed", seed.toString());
        Sweep sweep = new Sweep(index, validations, looks, uses, housekeeping, metrics, with(concurrency), time);
        System.gc();
        AtomicLong heap = new AtomicLong();
        AtomicLong descriptors = new AtomicLong();
        Thread sampler = Thread.ofPlatform().daemon().start(() -> sample(heap, descriptors));
        long cpu = SYSTEM.getProcessCpuTime();
        long allocated = THREADS.getTotalThreadAllocatedBytes();
        long start = System.nanoTime();
        SweepReport report = sweep.run(new Shard(0, 1), Duration.ofMinutes(15));
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMillis = (SYSTEM.getProcessCpuTime() - cpu) / 1e6;
        allocated = THREADS.getTotalThreadAllocatedBytes() - allocated;
        if (report.validated() != due || report.unknown() > 0) {
            throw new AssertionError("not what was to be measured: " + report + send("GET", "/_bench/calls", ""));
        }
        sampler.interrupt();
        return new Run(
                report,
                seconds,
                cpuMillis,
                allocated,
                heap.get() >> 20,
                descriptors.get(),
                JSON.readTree(send("GET", "/_bench/calls", "")));
    }

    private static void sample(AtomicLong heap, AtomicLong descriptors) {
        try {
            while (true) {
                heap.accumulateAndGet(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), Math::max);
                descriptors.accumulateAndGet(SYSTEM.getOpenFileDescriptorCount(), Math::max);
                Thread.sleep(20);
            }
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    /** The configuration, with another concurrency. */
    private SeaConfig with(int concurrency) {
        ScheduleConfig schedule = instead(ScheduleConfig.class, config.schedule(), "concurrency", concurrency);
        return instead(SeaConfig.class, config, "schedule", schedule);
    }

    private static <T> T instead(Class<T> type, T of, String method, Object value) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, called, arguments) -> called.getName().equals(method) ? value : called.invoke(of, arguments)));
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(
                                        ConfigProvider.getConfig().getValue(StubAwsProcess.ENDPOINT, String.class)
                                                + path))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @FormatMethod
    private static void line(String text, Object... values) throws IOException {
        Files.createDirectories(REPORT.getParent());
        Files.writeString(
                REPORT,
                String.format(Locale.ROOT, text, values) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
