package dev.sea.integrations.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for the secret access keys of all tests, and for the signatures and credentials of all grants, in all answers of
 * the service and in all lines that it logs; in the lines also for what any presigned URL keeps secret. A line that shows one
 * fails the next test that asks.
 */
public final class SecretsWatch {
    /** Even part of a secret must not appear. */
    private static final int TELLING = 12;

    /** What a grant's answer holds, once, that nothing else may show: signatures, and whose credentials. */
    private static final List<Pattern> GRANTED = List.of(
            Pattern.compile("X-Amz-Signature=([0-9a-f]{64})"),
            Pattern.compile("X-Amz-Security-Token=([^&\"]+)"),
            Pattern.compile("\"(?:sessionToken|secretAccessKey|accessKeyId)\":\"([^\"*]+)\""));
    /** The last such part of a token. Tokens start alike, and are written in more ways than one. */
    private static final Pattern PART = Pattern.compile("(?<![A-Za-z0-9%])[A-Za-z0-9]{" + TELLING + ",}");

    /** The signature and the session token of a URL, plain or encoded once more. */
    private static final Pattern OF_A_URL =
            Pattern.compile("X-Amz-(Signature|Security-Token)(=|%3D)\\w", Pattern.CASE_INSENSITIVE);

    private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();
    private static final Set<String> OF_GRANTS = ConcurrentHashMap.newKeySet();
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
            lines.forEach(line -> findInLine(line).ifPresent(secret -> {
                throw new AssertionError(log + " shows " + secret);
            }));
        }
    }

    static void check(Gateway.Answer answer) {
        String shown = answer.text() + answer.headers();
        boolean grants = answer.text().startsWith("{\"id\":\"grt_");
        find(shown, SECRETS)
                .or(() -> grants ? Optional.empty() : find(shown, OF_GRANTS))
                .ifPresent(secret -> LEAKS.add("an answer shows " + secret));
        if (grants) {
            learn(answer.text());
        }
        String leak = LEAKS.poll();
        if (leak != null) {
            throw new AssertionError(leak);
        }
    }

    /** From now on, looks for what this grant gives away, save in answers to grants: they share a session. */
    private static void learn(String grant) {
        GRANTED.forEach(shape -> shape.matcher(grant)
                .results()
                .flatMap(found ->
                        PART
                                .matcher(found.group(1))
                                .results()
                                .map(MatchResult::group)
                                .reduce((_, last) -> last)
                                .stream())
                .forEach(OF_GRANTS::add));
    }

    static Optional<String> findInLine(String line) {
        return find(line)
                .or(() -> Optional.of(OF_A_URL.matcher(line))
                        .filter(Matcher::find)
                        .map(found -> "a URL's " + found.group(1)));
    }

    private static Optional<String> find(String text) {
        return find(text, SECRETS).or(() -> find(text, OF_GRANTS));
    }

    private static Optional<String> find(String text, Set<String> secrets) {
        return secrets.stream().filter(text::contains).findAny();
    }

    private static final class Log extends Handler {
        @Override
        public void publish(LogRecord record) {
            findInLine(LogLines.written(record))
                    .ifPresent(secret -> LEAKS.add(record.getLoggerName() + " logged " + secret));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
