package dev.sea.integrations.policy;

import dev.sea.integrations.aws.ExternalId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An AssumeRole that a trust policy must deny, because it does not send the customer's external ID.
 *
 * @param externalId what it sends; empty: none
 */
public record NegativeTry(Kind kind, Optional<ExternalId> externalId) {
    /** What a try sends, and which conditions wrongly allow it. */
    public enum Kind {
        /** No external ID. Allowed if none is required, and by IfExists and ForAllValues. */
        WITHOUT,
        /** One that looks like those that this service makes. Allowed by a pattern on their common beginning. */
        NEVER_GIVEN_OUT,
        /**
         * The ID twice in a row. Allowed by every pattern that has a {@code *}, wherever it stands: this text begins and ends as
         * the ID does, and the {@code *} covers what is between.
         */
        TWICE,
        /** The last letter in the other case. Allowed if case is ignored, and by a {@code ?} in place of that letter. */
        OTHER_CASE,
        /** Another last character, if the ID has no letters. Allowed by a {@code ?} in its place. */
        OTHER_END
    }

    /**
     * The few tries that tell most loose conditions from equality: at most four, each with a valid external ID or none, and none
     * with the real one.
     *
     * @param real what the trust policy must require
     * @param neverGivenOut a new one as this service makes them
     */
    public static List<NegativeTry> plan(ExternalId real, ExternalId neverGivenOut) {
        return Stream.of(
                        new NegativeTry(Kind.WITHOUT, Optional.empty()),
                        new NegativeTry(Kind.NEVER_GIVEN_OUT, Optional.of(neverGivenOut)),
                        new NegativeTry(Kind.TWICE, Optional.of(twice(real.value()))),
                        altered(real.value()))
                .filter(tried -> !tried.externalId().equals(Optional.of(real)))
                .toList();
    }

    /** Of a long ID only as much of the end is repeated as fits into an external ID. */
    private static ExternalId twice(String id) {
        int room = ExternalId.MAX_LENGTH - id.length();
        return new ExternalId(id + id.substring(Math.max(0, id.length() - room)));
    }

    private static NegativeTry altered(String id) {
        for (int i = id.length() - 1; i >= 0; i--) {
            char character = id.charAt(i);
            if (Character.isLetter(character)) {
                char other = Character.isUpperCase(character)
                        ? Character.toLowerCase(character)
                        : Character.toUpperCase(character);
                return with(Kind.OTHER_CASE, id, i, other);
            }
        }
        int last = id.length() - 1;
        return with(Kind.OTHER_END, id, last, id.charAt(last) == '0' ? '1' : '0');
    }

    private static NegativeTry with(Kind kind, String id, int at, char character) {
        return new NegativeTry(
                kind, Optional.of(new ExternalId(id.substring(0, at) + character + id.substring(at + 1))));
    }
}
