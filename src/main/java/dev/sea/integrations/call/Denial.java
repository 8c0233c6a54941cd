package dev.sea.integrations.call;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which policy denied what, as far as AWS's message says. Across accounts it says little: S3 says only {@code Access
 * Denied}, STS never names the kind of policy, and KMS names no key.
 *
 * @param by the kind of policy that denied the action
 * @param explicit whether a Deny did, rather than a missing Allow
 * @param action as IAM names it; absent if the message is only {@code Access Denied}
 * @param resource its ARN; absent if the message does not name it
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Troubleshoot access
 *     denied error messages</a>
 */
public record Denial(By by, boolean explicit, Optional<String> action, Optional<String> resource) {
    /** The kind of policy that denied an action. */
    public enum By {
        IDENTITY_POLICY("identity-based policy"),
        /** A bucket policy, a key policy or a role's trust policy. */
        RESOURCE_POLICY("resource-based policy"),
        TRUST_POLICY("role trust policy"),
        SESSION_POLICY("session policy"),
        BOUNDARY("permissions boundary"),
        SERVICE_CONTROL_POLICY("service control policy"),
        RESOURCE_CONTROL_POLICY("resource control policy"),
        VPC_ENDPOINT_POLICY("vpc endpoint policy"),
        UNTOLD("");

        private final String name;

        By(String name) {
            this.name = name;
        }

        /** Whether the policy is on the caller's side: its own, its account's, or its VPC endpoint's. */
        boolean isOfCaller() {
            return switch (this) {
                case IDENTITY_POLICY, SESSION_POLICY, BOUNDARY, SERVICE_CONTROL_POLICY, VPC_ENDPOINT_POLICY -> true;
                case RESOURCE_POLICY, TRUST_POLICY, RESOURCE_CONTROL_POLICY, UNTOLD -> false;
            };
        }
    }

    public static final Denial BARE = new Denial(By.UNTOLD, false, Optional.empty(), Optional.empty());

    private static final Pattern ACTION = Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9]+)");

    // A sentence may be long, and a customer's key in it may hold any words. So the search for each of these takes
    // steps in proportion to the length. Without the ^ it would begin again at each character, in its square.

    /** After the first such words: a key may contain them, too. */
    private static final Pattern RESOURCE =
            Pattern.compile("^(?>.*?on resource: )\"?(arn:[^\"]+?)\"?(?= because | with an |$)", Pattern.DOTALL);

    /** After the last such words: a key may contain them, too. */
    private static final Pattern EXPLICIT =
            Pattern.compile("^.* with an explicit deny in (?:an?|the) (.*)", Pattern.DOTALL);

    /** After the last such words, and no further than the next ones. */
    private static final Pattern IMPLICIT =
            Pattern.compile("^.* because no ((?:(?! because no ).)*?) allows? the ", Pattern.DOTALL);

    /** KMS on another account's key. */
    private static final String FOREIGN_KEY =
            "because the resource does not exist in this Region, no resource-based policies";
    /** KMS on another account's key, in an older message. */
    private static final String FOREIGN_CIPHERTEXT = "The ciphertext refers to a customer";

    /** Reads AWS's message. What the message does not say is not guessed. */
    static Denial read(CharSequence sentence) {
        String whole = sentence.toString();
        if (whole.contains(FOREIGN_CIPHERTEXT)) {
            return new Denial(By.RESOURCE_POLICY, false, Optional.of("kms:Decrypt"), Optional.empty());
        }
        Optional<String> action = first(ACTION, sentence);
        if (whole.contains(FOREIGN_KEY)) {
            return new Denial(By.RESOURCE_POLICY, false, action, Optional.empty());
        }
        Optional<String> resource = first(RESOURCE, sentence);
        Optional<By> explicitly = first(EXPLICIT, sentence).flatMap(Denial::policy);
        return explicitly
                .map(by -> new Denial(by, true, action, resource))
                .orElseGet(() -> new Denial(
                        first(IMPLICIT, sentence).flatMap(Denial::policy).orElse(By.UNTOLD), false, action, resource));
    }

    /** Whether AWS says only that access was denied. */
    public boolean isBare() {
        return action.isEmpty();
    }

    public boolean names(String anAction) {
        return action.filter(anAction::equals).isPresent();
    }

    /** Whether a permission of KMS was denied, be it through S3. */
    public boolean byKms() {
        return action.filter(id -> id.startsWith("kms:")).isPresent();
    }

    private static Optional<By> policy(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        for (By by : By.values()) {
            if (by != By.UNTOLD && lower.startsWith(by.name)) {
                return Optional.of(by);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> first(Pattern pattern, CharSequence text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
