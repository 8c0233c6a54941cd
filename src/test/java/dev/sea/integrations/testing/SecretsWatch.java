package dev.sea.integrations.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Looks for the secret access keys of all tests in all answers of the service and in all lines that it logs. A line
 * that shows one fails the next test that asks.
 */
public final class SecretsWatch {
    /** Even part of a secret must not appear. */
    private static final int TELLING = 12;

    private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final Log LOG = new Log();

    private SecretsWatch() {}

    /** From now on, looks for this secret. */
    public static void add(String secret) {
        SECRETS.add(secret.substring(0, TELLING));
    }

    static void listen() {
        Logger root = Logger.getLogger("");
        if (!Arrays.asList(root.getHandlers()).contains(LOG)) {
            root.addHandler(LOG);
        }
    }

    /** Looks for them in the log of a service that runs in another process. */
    public static void check(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            lines.forEach(line -> find(line).ifPresent(secret -> {
                throw new AssertionError(log + " shows " + secret);
            }));
        }
    }

    static void check(Gateway.Answer answer) {
        find(answer.text() + answer.headers()).ifPresent(secret -> LEAKS.add("an answer shows " + secret));
        String leak = LEAKS.poll();
        if (leak != null) {
            throw new AssertionError(leak);
        }
    }

    private static Optional<String> find(String text) {
        return SECRETS.stream().filter(text::contains).findAny();
    }

    private static final class Log extends Handler {
        @Override
        public void publish(LogRecord record) {
            find(LogLines.written(record)).ifPresent(secret -> LEAKS.add(record.getLoggerName() + " logged " + secret));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
