package dev.sea.integrations.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** One line for every change: what, by whom, for which tenant, from where. The category is {@code audit}. */
@ApplicationScoped
public class AuditLog {
    private static final Logger LOG = Logger.getLogger("audit");
    private static final Pattern UNSAFE = Pattern.compile("[^\\x21-\\x7E]");

    /**
     * Writes the line.
     *
     * @param integration its ID; nothing else of it, lest a secret gets here
     */
    public void changed(String what, String integration, Actor actor) {
        LOG.infof(
                "%s %s tenant=%s subject=%s ip=%s request=%s",
                what,
                integration,
                actor.tenant().id(),
                oneWord(actor.subject()),
                oneWord(actor.sourceIp()),
                oneWord(actor.requestId()));
    }

    /** Nobody writes a second line, or a second field, by way of a token. */
    private static String oneWord(String text) {
        return UNSAFE.matcher(text).replaceAll("_");
    }
}
