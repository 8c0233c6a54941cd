package dev.sea.integrations.lifecycle;

import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.OtherVersion;
import dev.sea.integrations.store.ChangeStore;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.TransactionStore.Outrun;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Puts the next version of a record in the place of the one that a change was made to. */
@ApplicationScoped
class Swap {
    private static final int ATTEMPTS = 5;

    private final IntegrationStore store;
    private final ChangeStore changes;
    private final Aftermath aftermath;

    Swap(IntegrationStore store, ChangeStore changes, Aftermath aftermath) {
        this.store = store;
        this.changes = changes;
        this.aftermath = aftermath;
    }

    /**
     * Swaps, whatever validations write of its health meanwhile; a secret that was put away for nothing is removed.
     *
     * @param newSecret its name, where one was put away
     * @param next makes the next version of the record as it is, called again when its health was written meanwhile
     * @throws OtherVersion when somebody else made another version first
     * @throws NoSuchIntegration when it was deleted
     */
    Integration swap(Integration current, Optional<String> newSecret, UnaryOperator<Integration> next) {
        Integration before = current;
        for (int attempt = 1; ; attempt++) {
            Integration after = next.apply(before);
            String stamp = store.stamp();
            try {
                changes.swap(before, after, stamp);
                return after;
            } catch (RuntimeException failure) {
                Optional<Integration> refreshed = refreshed(current, failure);
                if (refreshed.isEmpty() || attempt == ATTEMPTS) {
                    if (aftermath.isStored(after, newSecret, stamp, failure)) {
                        return after;
                    }
                    throw failure instanceof Outrun outrun ? problem(outrun) : failure;
                }
                before = refreshed.get();
            }
        }
    }

    /** The same version with another health, if that is all that happened. */
    private static Optional<Integration> refreshed(Integration current, RuntimeException failure) {
        return failure instanceof Outrun outrun
                ? outrun.now().filter(now -> now.version() == current.version())
                : Optional.empty();
    }

    private static RuntimeException problem(Outrun outrun) {
        return outrun.now().isPresent() ? new OtherVersion() : new NoSuchIntegration();
    }
}
