package dev.sea.integrations.schedule;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs {@link StubAws} beside the application, and the application against it. */
public final class StubAwsProcess implements QuarkusTestResourceLifecycleManager {
    static final String ENDPOINT = "bench.endpoint";

    private List<Process> started = List.of();

    @Override
    public Map<String, String> start() {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx1g",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StubAws.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            started = List.of(process);
            String port = process.inputReader(StandardCharsets.UTF_8).readLine();
            String endpoint = "http://127.0.0.1:" + port;
            return Map.of(ENDPOINT, endpoint, "sea.local-aws.endpoint", endpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        started.forEach(Process::destroy);
    }
}
