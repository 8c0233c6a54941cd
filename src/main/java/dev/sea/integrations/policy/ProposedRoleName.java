package dev.sea.integrations.policy;

import dev.sea.integrations.Sha256;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleName;
import dev.sea.integrations.integration.Target;

/**
 * A name for a customer's role: the deployment's prefix, the bucket's name, and 8 hexadecimal digits that tell apart the roles
 * for different prefixes and external IDs of one bucket. The same input always gives the same name, so that asking twice does
 * not lead to two roles.
 */
public final class ProposedRoleName {
    private static final int DIGITS = 8;

    private ProposedRoleName() {}

    /**
     * Proposes the name, of at most 64 characters.
     *
     * @param deploymentPrefix at most 63 characters, so that at least one digit fits
     */
    public static RoleName of(String deploymentPrefix, Target target, ExternalId externalId) {
        int room = RoleName.MAX_LENGTH - deploymentPrefix.length();
        String digits = digits(target.bucket() + "\n" + target.prefix() + "\n" + externalId);
        int forBucket = room - DIGITS - 1;
        String rest = forBucket > 0
                ? cut(target.bucket().value(), forBucket) + "-" + digits
                // The prefix is so long that it leaves no room for the bucket's name.
                : cut(digits, room);
        return new RoleName(deploymentPrefix + rest);
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    private static String digits(String text) {
        return cut(Sha256.hex(text), DIGITS);
    }
}
