package dev.sea.integrations.recording;

import static dev.sea.integrations.RuleViolation.require;

import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.ObjectKey;
import java.nio.charset.StandardCharsets;

/** How the keys of a list start, relative to the integration's prefix; empty for all. */
record KeyStart(String value) {

    KeyStart {
        KeyPrefix.requireCharacters(value);
    }

    /**
     * The start of the keys as they are in the bucket, with the prefix.
     *
     * @throws dev.sea.integrations.RuleViolation when no key can be as long
     */
    String under(KeyPrefix prefix) {
        String whole = prefix.value() + value;
        require(
                whole.getBytes(StandardCharsets.UTF_8).length <= ObjectKey.MAX_BYTES,
                "PREFIX_LENGTH",
                "A prefix has at most 1,024 bytes of UTF-8, the integration's prefix included.");
        return whole;
    }
}
