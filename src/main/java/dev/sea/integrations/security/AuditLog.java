package dev.sea.integrations.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Logs what callers do: each change, and each use of a customer's role or key. Each has one line before it and one after:
 * what, by whom, for which tenant, from where, and how it ended. After a crash, only the line before is there. The category
 * is {@code audit}.
 */
@ApplicationScoped
public class AuditLog {
    private static final Logger LOG = Logger.getLogger("audit");
    private static final Pattern UNSAFE = Pattern.compile("[^\\x21-\\x7E]");

    /**
     * Runs an action between its two lines. The second ends with {@code outcome=done} or with the name of the exception.
     *
     * @param what the action's name, such as {@code edit}
     * @param object an integration's ID, or the role or key of a draft; never a secret
     */
    public <T> T around(String what, String object, Actor actor, Supplier<T> action) {
        write(what, object, actor, "begun");
        T result;
        try {
            result = action.get();
        } catch (RuntimeException failure) {
            write(what, object, actor, failure.getClass().getSimpleName());
            throw failure;
        }
        write(what, object, actor, "done");
        return result;
    }

    /** One more thing in a line. Never a secret. */
    public record Detail(String name, String value) {}

    /**
     * Runs an action that leaves nothing half done, and writes its only line after it.
     *
     * @param details of the request
     * @param more of the result
     */
    public <T> T inOneLine(
            String what,
            String object,
            Actor actor,
            List<Detail> details,
            Supplier<T> action,
            Function<T, List<Detail>> more) {
        T result;
        try {
            result = action.get();
        } catch (RuntimeException failure) {
            write(what, object, actor, details, failure.getClass().getSimpleName());
            throw failure;
        }
        List<Detail> all =
                Stream.concat(details.stream(), more.apply(result).stream()).toList();
        write(what, object, actor, all, "done");
        return result;
    }

    /** Writes the only line of an action that was refused, or that cannot be left half done. */
    public void write(String what, String object, Actor actor, String outcome) {
        write(what, object, actor, List.of(), outcome);
    }

    /** The same, with more in the line. */
    public void write(String what, String object, Actor actor, List<Detail> details, String outcome) {
        LOG.infof(
                "%s %s tenant=%s subject=%s ip=%s request=%s%s outcome=%s",
                what,
                oneWord(object),
                actor.tenant().id(),
                oneWord(actor.subject()),
                oneWord(actor.sourceIp()),
                oneWord(actor.requestId()),
                details.stream()
                        .map(detail -> " " + detail.name() + "=" + oneWord(detail.value()))
                        .collect(Collectors.joining()),
                outcome);
    }

    /** A token's claims could contain line breaks or blanks, and with them forge a second line or field. */
    private static String oneWord(String text) {
        return UNSAFE.matcher(text).replaceAll("_");
    }
}
