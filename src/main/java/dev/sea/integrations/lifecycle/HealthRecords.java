package dev.sea.integrations.lifecycle;

import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.lifecycle.HealthRules.Occasion;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.IntegrationStore.Replacement;
import dev.sea.integrations.store.ValidationHistory;
import dev.sea.integrations.store.Written;
import dev.sea.integrations.validation.Proof;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Writes what a validation found into the record's health and into its history. */
@ApplicationScoped
class HealthRecords {
    private static final int ATTEMPTS = 10;

    private final IntegrationStore store;
    private final HealthRules rules;
    private final ValidationHistory history;
    private final InstantSource time;

    HealthRecords(IntegrationStore store, HealthRules rules, ValidationHistory history, InstantSource time) {
        this.store = store;
        this.rules = rules;
        this.history = history;
        this.time = time;
    }

    /**
     * Records a validation on demand. Builds on the result of another validation that finished first. Discards its own
     * where the integration was changed or deleted meanwhile, since it says nothing of the new version.
     *
     * @return the record as it is now, empty when it is gone
     */
    Optional<Integration> record(Integration proved, Proof proof) {
        Integration current = proved;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Integration after = judged(current, proof);
            switch (write(current, after, proof, Optional.empty())) {
                case Written.Done() -> {
                    return Optional.of(after);
                }
                case Written.Superseded(Integration now) when now.version() == proved.version() -> current = now;
                case Written.Superseded(Integration now) -> {
                    return Optional.of(now);
                }
                case Written.Gone() -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(current);
    }

    /** Records a validation by the schedule, provided that the sweep still holds its lease and nothing else was written. */
    Written record(Integration proved, Proof proof, String lease) {
        return write(proved, judged(proved, proof, Occasion.SCHEDULED), proof, Optional.of(lease));
    }

    /** The record with its health after a proof that somebody asked for. */
    Integration judged(Integration integration, Proof proof) {
        return judged(integration, proof, Occasion.ASKED_FOR);
    }

    private Integration judged(Integration integration, Proof proof, Occasion occasion) {
        Instant now = time.instant();
        return integration.with(
                rules.after(integration, proof, now, occasion),
                integration.posture().after(proof.sightings(), now));
    }

    /**
     * Records that the schedule's validation broke off, if nobody knows any more whether the integration works. Otherwise its
     * health stays as it was, and the end of the lease makes it due again.
     */
    void recordBroken(Integration integration, String lease) {
        rules.afterBroken(integration, time.instant())
                .ifPresent(health -> store.replace(
                        new Replacement(integration, integration.with(health), List.of(), Optional.of(lease))));
    }

    private Written write(Integration before, Integration after, Proof proof, Optional<String> lease) {
        Written written =
                store.replace(new Replacement(before, after, proof.report().checks(), lease));
        if (written instanceof Written.Done) {
            keep(after, proof);
        }
        return written;
    }

    /** Puts the report into the history. */
    void keep(Integration proved, Proof proof) {
        history.keep(proved.tenant(), proved.id(), proof.report());
    }
}
