package dev.sea.integrations.lifecycle;

import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.externalid.ExternalIdTries;
import dev.sea.integrations.externalid.TooManyExternalIds;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.LimitReached;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.report.ValidationReport;
import dev.sea.integrations.report.ValidationReport.Scope;
import dev.sea.integrations.secret.Secrets;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.IntegrationTransactions;
import dev.sea.integrations.store.Written;
import dev.sea.integrations.table.CompanionItem;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Creates integrations. */
@ApplicationScoped
public class Creation {
    private static final Logger LOG = Logger.getLogger(Creation.class);

    private final IntegrationTransactions transactions;
    private final IntegrationStore store;
    private final Secrets secrets;
    private final LiveProofs proofs;
    private final ExternalIdTries tries;
    private final Proving proving;
    private final HealthRecords records;
    private final InstantSource time;
    private final RandomGenerator random;
    private final AuditLog audit;

    Creation(
            IntegrationTransactions transactions,
            IntegrationStore store,
            Secrets secrets,
            LiveProofs proofs,
            ExternalIdTries tries,
            Proving proving,
            HealthRecords records,
            InstantSource time,
            RandomGenerator random,
            AuditLog audit) {
        this.transactions = transactions;
        this.store = store;
        this.secrets = secrets;
        this.proofs = proofs;
        this.tries = tries;
        this.proving = proving;
        this.records = records;
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
     * One attempt of a request that may be repeated.
     *
     * @param id the integration's, the same for every attempt
     * @param isStored whether an earlier attempt has stored the integration
     * @param companions change in one transaction with it
     */
    public record Attempt(IntegrationId id, boolean isStored, List<CompanionItem> companions) {}

    public IntegrationId newId() {
        return IntegrationId.next(time.instant(), random);
    }

    /**
     * Stores an inactive integration, then validates it unless told otherwise. It stays stored whatever the validation
     * finds.
     *
     * @param id a new one
     * @see #create(Actor, NewIntegration, boolean, Attempt)
     */
    public Created create(Actor actor, NewIntegration wanted, boolean validate, IntegrationId id) {
        return create(actor, wanted, validate, new Attempt(id, false, List.of()));
    }

    /**
     * Stores an inactive integration unless an earlier attempt did, then validates it unless told otherwise. It stays stored
     * whatever the validation finds.
     *
     * @throws TooManyValidations where the tenant has reached one of its limits; nothing is stored then
     * @throws TooManyExternalIds where it has tried as many external IDs as it may
     * @throws NameTaken where the tenant has the name
     * @throws ExternalIdRefused where another tenant holds the external ID
     * @throws LimitReached where the tenant has as many integrations as it may
     * @throws CreatedAndDeleted where an earlier attempt stored it and it is not there any more
     */
    public Created create(Actor actor, NewIntegration wanted, boolean validate, Attempt attempt) {
        PresentedAccess access = wanted.draft().access();
        if (!validate) {
            boolean isNew = proofs.check(actor, access);
            if (isNew && access instanceof PresentedAccess.Role role) {
                tries.storedUnproved(actor, role.externalId());
            }
            return new Created(stored(actor, wanted, attempt).integration(), Optional.empty());
        }
        return proofs.during(actor, attempt.id().value(), () -> {
            proofs.check(actor, access);
            Stored stored = stored(actor, wanted, attempt);
            Integration integration = stored.integration();
            // What an earlier attempt stored may have been edited since: that is proved then, and not the request.
            Proof proof = stored.earlier()
                    ? proving.stored(integration, Scope.FULL).proof()
                    : proving.created(integration, access);
            if (integration.access() instanceof Access.AssumedRole role) {
                proofs.keep(actor, role.externalId(), proof);
            }
            return new Created(recorded(integration, proof), Optional.of(proof.report()));
        });
    }

    /** @param earlier whether an earlier attempt of the same request stored it */
    private record Stored(Integration integration, boolean earlier) {}

    private Stored stored(Actor actor, NewIntegration wanted, Attempt attempt) {
        IntegrationId id = attempt.id();
        return audit.around("create", id.value(), actor, () -> {
            if (attempt.isStored()) {
                return store.find(actor.tenant(), id)
                        .map(earlier -> new Stored(earlier, true))
                        .orElseThrow(() -> new CreatedAndDeleted(id));
            }
            return store(actor, wanted, attempt);
        });
    }

    private Stored store(Actor actor, NewIntegration wanted, Attempt attempt) {
        IntegrationId id = attempt.id();
        Instant now = time.instant();
        Access access = secrets.accept(actor.tenant(), id, wanted.draft().access(), now);
        Integration integration = Integration.created(id, wanted, access, actor, now);
        Written written;
        try {
            written = transactions.create(integration, attempt.companions());
        } catch (RuntimeException failure) {
            if (access.secret().filter(name -> !secrets.withdraw(name)).isPresent()) {
                return new Stored(integration, false);
            }
            throw failure;
        }
        return switch (written) {
            case Written.Done() -> new Stored(integration, false);
            case Written.Superseded(Integration earlier) -> {
                access.secret().ifPresent(secrets::withdraw);
                yield new Stored(earlier, true);
            }
            case Written.Gone() -> throw new IllegalStateException("a new record cannot be gone");
        };
    }

    /** The record is there. An answer that its health could not be written must not look as if nothing was created. */
    private Integration recorded(Integration integration, Proof proof) {
        try {
            return records.record(integration, proof).orElse(integration);
        } catch (Unavailable later) {
            LOG.warnf(later, "health of %s is not written", integration.id());
            return integration;
        }
    }
}
