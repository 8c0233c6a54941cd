package dev.sea.integrations.store;

import dev.sea.integrations.externalid.ExternalIdClaimStore;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.secret.SecretMarkerStore;
import dev.sea.integrations.table.CompanionItem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What a record's access holds outside the record, an external ID or a secret, and how that changes with the record. */
@ApplicationScoped
class AccessClaims {
    private final ExternalIdClaimStore externalIds;
    private final SecretMarkerStore markers;

    AccessClaims(ExternalIdClaimStore externalIds, SecretMarkerStore markers) {
        this.externalIds = externalIds;
        this.markers = markers;
    }

    /** The external ID is used once more; the secret's marker goes, since the record now points to it. */
    CompanionItem taken(Integration integration) {
        return switch (integration.access()) {
            case Access.AssumedRole role -> externalIds.use(integration.tenant(), role.externalId());
            case Access.StoredKeys keys -> markers.settled(keys.secretName());
        };
    }

    /** The external ID is used once less; the secret gets a marker, since nothing points to it any more. */
    CompanionItem left(Integration integration) {
        return switch (integration.access()) {
            case Access.AssumedRole role -> externalIds.giveBack(integration.tenant(), role.externalId());
            case Access.StoredKeys keys -> markers.retired(keys.secretName());
        };
    }

    /** Nothing where both hold the same: a transaction may write an item only once. */
    List<CompanionItem> swapped(Integration before, Integration after) {
        return holdTheSame(before.access(), after.access()) ? List.of() : List.of(left(before), taken(after));
    }

    private static boolean holdTheSame(Access before, Access after) {
        return switch (before) {
            case Access.AssumedRole was ->
                after instanceof Access.AssumedRole is
                        && ExternalIdClaimStore.key(is.externalId()).equals(ExternalIdClaimStore.key(was.externalId()));
            case Access.StoredKeys was ->
                after instanceof Access.StoredKeys is && is.secretName().equals(was.secretName());
        };
    }
}
