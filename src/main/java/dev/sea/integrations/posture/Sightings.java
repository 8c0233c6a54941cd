package dev.sea.integrations.posture;

import java.util.EnumMap;
import java.util.Map;

/**
 * What one validation saw. A code that it could not tell is not in it.
 *
 * @param publicAsked whether S3 was asked what anybody may do
 */
public record Sightings(Map<AdviceCode, Sighting> byCode, boolean publicAsked) {
    public static final Sightings NONE = new Sightings(Map.of(), false);

    /**
     * Of one code.
     *
     * @param there whether there is a reason for the advice
     * @param detail what the advice says more; empty if there is nothing more to say
     */
    public record Sighting(boolean there, String detail) {
        public static final Sighting NOT_THERE = new Sighting(false, "");

        public static Sighting of(boolean there) {
            return new Sighting(there, "");
        }
    }

    /** These and one more. */
    public Sightings with(AdviceCode code, Sighting sighting) {
        Map<AdviceCode, Sighting> all = new EnumMap<>(AdviceCode.class);
        all.putAll(byCode);
        all.put(code, sighting);
        return new Sightings(all, publicAsked);
    }

    public Sightings {
        byCode = Map.copyOf(byCode);
    }
}
