package dev.sea.integrations.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** What is logged under a category until this is closed, with stack traces. */
public final class LogLines extends Handler implements AutoCloseable {
    private final Logger category;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private LogLines(String category) {
        this.category = Logger.getLogger(category);
        this.category.addHandler(this);
    }

    public static LogLines of(String category) {
        return new LogLines(category);
    }

    public static LogLines ofAll() {
        return of("");
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    public String text() {
        return String.join("\n", lines);
    }

    /** As an appender would write it. */
    static String written(LogRecord record) {
        StringWriter line = new StringWriter();
        line.append(record instanceof ExtLogRecord known ? known.getFormattedMessage() : record.getMessage());
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(line, true));
        }
        return line.toString();
    }

    @Override
    public void publish(LogRecord record) {
        lines.add(written(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        category.removeHandler(this);
    }
}
