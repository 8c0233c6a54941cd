package dev.sea.integrations.evidence;

import dev.sea.integrations.grant.ObjectLocation;
import dev.sea.integrations.integration.Integration;

/** Looks for objects in customers' buckets. */
interface Sightings {

    /**
     * Looks at a place, which need not be the integration's target any more, with the access that the integration has now. No
     * failure of AWS's is thrown.
     */
    Sighting of(Integration integration, ObjectLocation where);
}
