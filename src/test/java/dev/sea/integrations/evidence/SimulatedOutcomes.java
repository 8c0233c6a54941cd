package dev.sea.integrations.evidence;

import dev.sea.integrations.grant.GrantId;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Actor;
import java.util.Optional;

/** What recorders tell, without HTTP. */
public final class SimulatedOutcomes {
    private SimulatedOutcomes() {}

    /** The type of the bean that takes outcomes. */
    public static Class<?> bean() {
        return Outcomes.class;
    }

    /** The type of the bean that counts outcomes. */
    public static Class<?> evidence() {
        return EvidenceStore.class;
    }

    /** Tells that the object is stored. Returns the grant's state. */
    public static String stored(Object outcomes, Actor actor, IntegrationId id, GrantId grant) {
        return ((Outcomes) outcomes).stored(actor, id, grant).state().name();
    }

    /** Tells that it could not be stored. Returns the grant's state. */
    public static String failed(Object outcomes, Actor actor, IntegrationId id, GrantId grant, int httpStatus) {
        return ((Outcomes) outcomes)
                .failed(actor, id, grant, new TrackedGrant.Failure(Optional.of(httpStatus), Optional.empty()))
                .state()
                .name();
    }
}
