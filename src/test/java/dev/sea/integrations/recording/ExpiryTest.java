package dev.sea.integrations.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.recording.RecordingMetadata.Checksum;
import dev.sea.integrations.recording.RecordingMetadata.Expiry;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** What S3's headers tell of an object. The first example is that of the API's reference. */
class ExpiryTest {

    @Test
    void theHeaderNamesDateAndRule() {
        assertThat(Expiry.of("expiry-date=\"Fri, 21 Dec 2012 00:00:00 GMT\", rule-id=\"picture-deletion-rule\""))
                .contains(new Expiry(Instant.parse("2012-12-21T00:00:00Z"), "picture-deletion-rule"));
        assertThat(Expiry.of("expiry-date=\"Mon, 28 Dec 2026 00:00:00 GMT\", rule-id=\"drei%C3%9Fig%20days\""))
                .contains(new Expiry(Instant.parse("2026-12-28T00:00:00Z"), "dreißig days"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "NotImplemented",
                "expiry-date=\"soon\", rule-id=\"x\"",
                "expiry-date=\"Fri, 21 Dec 2012 00:00:00 GMT\", rule-id=\"%zz\""
            })
    void whatIsNoExpiryIsNone(String header) {
        assertThat(Expiry.of(header)).isEmpty();
    }

    @Test
    void aChecksumOfPartsIsNotThatOfTheContent() {
        assertThat(Checksum.of("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=").type())
                .isEqualTo("FULL_OBJECT");
        assertThat(Checksum.of("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=-3").type())
                .isEqualTo("COMPOSITE");
    }
}
