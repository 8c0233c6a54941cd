package dev.sea.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Light checks over one of the SDK's HTTP clients, many at a time: prints how long the first took, then, of the given
 * number of them, seconds, milliseconds of processor time each and kilobytes allocated each.
 */
final class HttpClients {
    private static final int WARM_UP = 200;

    private HttpClients() {}

    public static void main(String[] arguments) throws InterruptedException {
        String client = arguments[0];
        int concurrency = Integer.parseInt(arguments[2]);
        int count = Integer.parseInt(arguments[3]);
        long start = System.nanoTime();
        Checks checks = new Checks(
                http(client, concurrency),
                URI.create(arguments[1]),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIABENCH", "s")));
        run(checks, 1, 1);
        double first = (System.nanoTime() - start) / 1e6;
        run(checks, WARM_UP, concurrency);
        System.gc();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long cpu = system.getProcessCpuTime();
        long allocated = threads.getTotalThreadAllocatedBytes();
        long from = System.nanoTime();
        run(checks, count, concurrency);
        System.out.printf(
                Locale.ROOT,
                "{\"first\": %.0f, \"seconds\": %.3f, \"cpu\": %.2f, \"allocated\": %.0f}%n",
                first,
                (System.nanoTime() - from) / 1e9,
                (system.getProcessCpuTime() - cpu) / 1e6 / count,
                (threads.getTotalThreadAllocatedBytes() - allocated) / 1e3 / count);
        System.exit(0);
    }

    private static void run(Checks checks, int count, int concurrency) throws InterruptedException {
        Checks.Subject subject = new Checks.Subject(
                "bench-bucket",
                Optional.of("arn:aws:iam::222233334444:role/SEA_ext_access_bench"),
                "sea-bench",
                "",
                "");
        Semaphore places = new Semaphore(concurrency);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                places.acquire();
                threads.submit(() -> {
                    try {
                        checks.check(subject, true);
                    } finally {
                        places.release();
                    }
                });
            }
        }
    }

    private static SdkHttpClient http(String client, int concurrency) {
        Duration patience = Duration.ofMillis(2_500);
        return switch (client) {
            case "url" ->
                UrlConnectionHttpClient.builder()
                        .connectionTimeout(patience)
                        .socketTimeout(patience)
                        .build();
            case "apache5" ->
                Apache5HttpClient.builder()
                        .connectionTimeout(patience)
                        .socketTimeout(patience)
                        // Otherwise it asks by itself, whatever the SDK's request says.
                        .expectContinueEnabled(false)
                        .maxConnections(8 * concurrency)
                        .build();
            case "crt" ->
                AwsCrtHttpClient.builder()
                        .connectionTimeout(patience)
                        .maxConcurrency(8 * concurrency)
                        .build();
            default -> throw new IllegalArgumentException("no client " + client);
        };
    }
}
