package dev.sea.integrations.lifecycle;

import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.secret.SecretDeposits;
import dev.sea.integrations.store.IntegrationStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** After the failure of a write, of which some come after the deed: nothing is undone that a record needs. */
@ApplicationScoped
class Aftermath {
    private final IntegrationStore store;
    private final SecretDeposits deposits;

    Aftermath(IntegrationStore store, SecretDeposits deposits) {
        this.store = store;
        this.deposits = deposits;
    }

    /**
     * Whether the record was written all the same. If not, the secret that was put away for it is removed: whoever gets
     * its marker decides, and the record's own write needed it.
     *
     * @param newSecret its name, where one was put away
     * @param failure gets what else goes wrong as suppressed
     */
    boolean isStored(Integration wanted, Optional<String> newSecret, String stamp, RuntimeException failure) {
        try {
            return newSecret.isPresent()
                    ? !deposits.withdraw(newSecret.get(), failure)
                    : failure instanceof Unavailable && store.bears(wanted.tenant(), wanted.id(), stamp);
        } catch (RuntimeException unknown) {
            failure.addSuppressed(unknown);
            return false;
        }
    }
}
