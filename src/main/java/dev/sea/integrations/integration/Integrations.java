package dev.sea.integrations.integration;

import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.validation.Proof;
import dev.sea.integrations.validation.ValidationReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Creating integrations and looking at them. */
@ApplicationScoped
public class Integrations {
    private static final Logger LOG = Logger.getLogger(Integrations.class);

    private final IntegrationStore store;
    private final NewIntegrationStore newStore;
    private final SecretDeposits deposits;
    private final Proving proving;
    private final Validations validations;
    private final InstantSource time;
    private final RandomGenerator random;
    private final AuditLog audit;

    Integrations(
            IntegrationStore store,
            NewIntegrationStore newStore,
            SecretDeposits deposits,
            Proving proving,
            Validations validations,
            InstantSource time,
            RandomGenerator random,
            AuditLog audit) {
        this.store = store;
        this.newStore = newStore;
        this.deposits = deposits;
        this.proving = proving;
        this.validations = validations;
        this.time = time;
        this.random = random;
        this.audit = audit;
    }

    /**
     * What was stored.
     *
     * @param report empty when no validation was wanted
     */
    public record Created(Integration integration, Optional<ValidationReport> report) {}

    /**
     * Stores an inactive integration, then validates it unless told otherwise; what the validation finds keeps nothing
     * from being stored.
     *
     * @throws NameTaken where the tenant has the name
     * @throws ExternalIdRefused where another tenant holds the external ID
     * @throws LimitReached where the tenant has its integrations
     */
    public Created create(Actor actor, NewIntegration wanted, boolean validate) {
        Integration integration = store(actor, wanted);
        audit.changed("create", integration.id().value(), actor);
        if (!validate) {
            return new Created(integration, Optional.empty());
        }
        Proof proof = proving.created(integration, wanted.draft().access());
        return new Created(recorded(integration, proof), Optional.of(proof.report()));
    }

    private Integration store(Actor actor, NewIntegration wanted) {
        Instant now = time.instant();
        IntegrationId id = IntegrationId.next(now, random);
        Access access = switch (wanted.draft().access()) {
            case PresentedAccess.Role(RoleArn role, ExternalId externalId) -> new Access.AssumedRole(role, externalId);
            case PresentedAccess.Keys keys ->
                new Access.StoredKeys(keys.accessKeyId(), deposits.deposit(actor.tenant(), id, keys), now);
        };
        Integration integration = Integration.created(id, wanted, access, actor, now);
        try {
            newStore.store(integration, store.stamp());
        } catch (RuntimeException failure) {
            if (!wasStored(integration, failure)) {
                throw failure;
            }
        }
        return integration;
    }

    /** After a failure, of which some come after the deed: nothing is undone that a record needs. */
    private boolean wasStored(Integration integration, RuntimeException failure) {
        boolean maybe = switch (integration.access()) {
            case Access.StoredKeys keys -> !deposits.withdraw(keys.secretName(), failure);
            case Access.AssumedRole _ -> failure instanceof Unavailable;
        };
        try {
            return maybe && store.find(integration.tenant(), integration.id()).isPresent();
        } catch (RuntimeException unknown) {
            failure.addSuppressed(unknown);
            return false;
        }
    }

    /** The record is there: that its health could not be written must not look as if nothing had been created. */
    private Integration recorded(Integration integration, Proof proof) {
        try {
            return validations.record(integration, proof).orElse(integration);
        } catch (Unavailable later) {
            LOG.warnf(later, "health of %s is not written", integration.id());
            return integration;
        }
    }

    /**
     * One of the tenant's.
     *
     * @throws NoSuchIntegration where the tenant has none of this ID
     */
    public Integration get(Actor actor, IntegrationId id) {
        return store.find(actor.tenant(), id).orElseThrow(NoSuchIntegration::new);
    }

    /**
     * A page.
     *
     * @param next what the following page starts after; empty on the last one
     */
    public record Page(List<Integration> items, Optional<IntegrationId> next) {}

    /** In the order of creation. */
    public Page page(Actor actor, Optional<IntegrationId> after, int limit) {
        IntegrationStore.Slice slice = store.slice(actor.tenant(), after, limit);
        Optional<IntegrationId> next = slice.more() && !slice.items().isEmpty()
                ? Optional.of(slice.items().getLast().id())
                : Optional.empty();
        return new Page(slice.items(), next);
    }
}
