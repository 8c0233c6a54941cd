package dev.sea.integrations.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.posture.Kept.Expiry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptTest {
    /** The example of S3's own documents, and a name with blanks, a plus sign and what cannot be seen. */
    @Test
    void theDateAndTheRuleAreRead() {
        assertThat(Expiry.of("expiry-date=\"Fri, 21 Dec 2012 00:00:00 GMT\", rule-id=\"Rule%20for%20testfile.txt\""))
                .contains(new Expiry(Instant.parse("2012-12-21T00:00:00Z"), "Rule for testfile.txt"));
        assertThat(Expiry.of("expiry-date=\"Fri, 21 Dec 2012 00:00:00 GMT\", rule-id=\"a+b%E2%80%AE%0Ac\""))
                .contains(new Expiry(Instant.parse("2012-12-21T00:00:00Z"), "a+bc"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "NotImplemented",
                "expiry-date=\"tomorrow\", rule-id=\"x\"",
                "expiry-date=\"Fri, 21 Dec 2012 00:00:00 GMT\", rule-id=\"%\"",
                "rule-id=\"x\""
            })
    void whatCannotBeReadIsNoExpiry(@Nullable String header) {
        assertThat(Expiry.of(header)).isEmpty();
    }

    @Test
    void theNullVersionIsNone() {
        assertThat(Kept.isVersion("3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY")).isTrue();
        assertThat(Kept.isVersion("null")).isFalse();
        assertThat(Kept.isVersion(null)).isFalse();
    }
}
