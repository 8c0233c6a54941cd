package dev.sea.integrations.lifecycle;

import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationFilter;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.LimitReached;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.secret.SecretDeposits;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.IntegrationListStore;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.NewIntegrationStore;
import dev.sea.integrations.store.NewIntegrationStore.AlreadyStored;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Creating integrations and looking at them. */
@ApplicationScoped
public class Integrations {
    private static final Logger LOG = Logger.getLogger(Integrations.class);

    private final IntegrationStore store;
    private final IntegrationListStore list;
    private final NewIntegrationStore newStore;
    private final SecretDeposits deposits;
    private final Aftermath aftermath;
    private final Proving proving;
    private final Validations validations;
    private final InstantSource time;
    private final RandomGenerator random;
    private final AuditLog audit;

    Integrations(
            IntegrationStore store,
            IntegrationListStore list,
            NewIntegrationStore newStore,
            SecretDeposits deposits,
            Aftermath aftermath,
            Proving proving,
            Validations validations,
            InstantSource time,
            RandomGenerator random,
            AuditLog audit) {
        this.store = store;
        this.list = list;
        this.newStore = newStore;
        this.deposits = deposits;
        this.aftermath = aftermath;
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
        return create(actor, wanted, validate, newId());
    }

    public IntegrationId newId() {
        return IntegrationId.next(time.instant(), random);
    }

    /**
     * Creates under an ID that is known already.
     *
     * @param id the one that an earlier attempt of the same request used, and may have stored
     */
    public Created create(Actor actor, NewIntegration wanted, boolean validate, IntegrationId id) {
        Integration integration = store(actor, wanted, id);
        audit.changed("create", integration.id().value(), actor);
        if (!validate) {
            return new Created(integration, Optional.empty());
        }
        Proof proof = proving.created(integration, wanted.draft().access());
        return new Created(recorded(integration, proof), Optional.of(proof.report()));
    }

    private Integration store(Actor actor, NewIntegration wanted, IntegrationId id) {
        Instant now = time.instant();
        Access access = deposits.accept(actor.tenant(), id, wanted.draft().access(), now);
        Integration integration = Integration.created(id, wanted, access, actor, now);
        String stamp = store.stamp();
        try {
            newStore.store(integration, stamp);
        } catch (AlreadyStored earlier) {
            access.secret().ifPresent(surplus -> deposits.withdraw(surplus, earlier));
            return earlier.stored();
        } catch (RuntimeException failure) {
            if (!aftermath.isStored(integration, access.secret(), stamp, failure)) {
                throw failure;
            }
        }
        return integration;
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

    /** A page in the order of creation; with a filter it may be short, even empty, though there are more. */
    public IntegrationListStore.Slice page(
            Actor actor, Optional<IntegrationId> after, int limit, IntegrationFilter filter) {
        return list.slice(actor.tenant(), after, limit, filter);
    }
}
