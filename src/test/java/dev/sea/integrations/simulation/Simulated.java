package dev.sea.integrations.simulation;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What simulations need of the JVM, until it is closed: quiet logs, quick digests, and threads that end without a word. */
final class Simulated implements AutoCloseable {
    private static final List<Logger> LOGGERS = List.of(Logger.getLogger("dev.sea"), Logger.getLogger("audit"));

    private final QuickDigests digests = QuickDigests.install();
    private final @Nullable UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
    private final Map<Logger, Level> levels = LOGGERS.stream()
            .filter(logger -> logger.getLevel() != null)
            .collect(Collectors.toMap(Function.identity(), Logger::getLevel));

    private Simulated() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (!(failure instanceof Scheduler.Over) && handler != null) {
                handler.uncaughtException(thread, failure);
            }
        });
    }

    static Simulated begin() {
        return new Simulated();
    }

    @Override
    public void close() {
        LOGGERS.forEach(logger -> logger.setLevel(levels.get(logger)));
        Thread.setDefaultUncaughtExceptionHandler(handler);
        digests.close();
    }
}
