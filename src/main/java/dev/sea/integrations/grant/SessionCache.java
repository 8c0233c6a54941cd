package dev.sea.integrations.grant;

import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Tenant;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sessions by tenant, integration, version and use, in memory, each as long as it is fresh. Whoever wants the same one at
 * the same time waits for the one call that opens it, and gets its failure, too. A failure is not kept.
 *
 * <p>Holds a limited number of sessions and of their characters: the oldest go first. Of each integration and use it holds
 * only the newest version's.
 */
final class SessionCache {
    private final int mostSessions;
    private final long mostCharacters;
    private final Map<Use, Kept> kept = new LinkedHashMap<>();
    private final Map<Flight, CompletableFuture<GrantSession>> flights = new HashMap<>();
    private long characters;

    SessionCache(int mostSessions, long mostCharacters) {
        this.mostSessions = mostSessions;
        this.mostCharacters = mostCharacters;
    }

    /**
     * What a session is for.
     *
     * @param formerTarget the revision of a target that the integration had; empty for the one that it has
     */
    record Use(Tenant tenant, IntegrationId integration, SessionUse what, Optional<Integer> formerTarget) {}

    private record Kept(long version, GrantSession session) {}

    private record Flight(Use use, long version) {}

    /** The session of one version, which {@code open} gives if none is kept. */
    GrantSession session(Use use, long version, Instant now, Supplier<GrantSession> open) {
        Flight flight = new Flight(use, version);
        CompletableFuture<GrantSession> own = new CompletableFuture<>();
        CompletableFuture<GrantSession> others;
        synchronized (this) {
            Kept known = kept.get(use);
            if (known != null && known.version() == version && isFresh(known, now)) {
                return known.session();
            }
            others = flights.putIfAbsent(flight, own);
        }
        return others == null ? opened(flight, own, open) : awaited(others);
    }

    private GrantSession opened(Flight flight, CompletableFuture<GrantSession> own, Supplier<GrantSession> open) {
        try {
            GrantSession session = open.get();
            land(flight, Optional.of(session));
            own.complete(session);
            return session;
        } catch (RuntimeException | Error failure) {
            land(flight, Optional.empty());
            own.completeExceptionally(failure);
            throw failure;
        }
    }

    /** Waits for what another thread does, and fails as it failed. */
    static <T> T awaited(CompletableFuture<T> others) {
        try {
            return others.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw failed;
        }
    }

    private synchronized void land(Flight flight, Optional<GrantSession> session) {
        flights.remove(flight);
        Kept known = kept.get(flight.use());
        // Whoever read the record before somebody else changed it must not put the older version back.
        boolean outdated = known != null && known.version() > flight.version();
        session.filter(_ -> !outdated).ifPresent(opened -> keep(flight, opened));
    }

    private void keep(Flight flight, GrantSession session) {
        forget(kept.remove(flight.use()));
        kept.put(flight.use(), new Kept(flight.version(), session));
        characters += session.size();
        Iterator<Kept> oldest = kept.values().iterator();
        while (kept.size() > mostSessions || (characters > mostCharacters && kept.size() > 1)) {
            forget(oldest.next());
            oldest.remove();
        }
    }

    /** Forgets this session, if it is the one that is kept. */
    synchronized void drop(Use use, GrantSession session) {
        Kept known = kept.get(use);
        if (known != null && known.session() == session) {
            forget(kept.remove(use));
        }
    }

    /** Forgets the session of this use. */
    synchronized void drop(Use use) {
        forget(kept.remove(use));
    }

    private void forget(@Nullable Kept gone) {
        characters -= gone == null ? 0 : gone.session().size();
    }

    private static boolean isFresh(Kept known, Instant now) {
        return now.isBefore(known.session().freshUntil());
    }

    /** The last session for a use, fresh or not, of whichever version. */
    synchronized Optional<GrantSession> last(Use use) {
        return Optional.ofNullable(kept.get(use)).map(Kept::session);
    }

    synchronized int size() {
        return kept.size();
    }

    synchronized long characters() {
        return characters;
    }
}
