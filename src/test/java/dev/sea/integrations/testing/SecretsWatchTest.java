package dev.sea.integrations.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line of the log may not show. */
class SecretsWatchTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=aeeed9bb",
                "?X-Amz-Security-Token=IQoJ",
                "url=https%3A%2F%2Fb.s3.amazonaws.com%2Fk%3FX-Amz-Signature%3Daeeed9bb",
                "x-amz-signature=aeeed9bb"
            })
    void findsWhatAPresignedUrlKeepsSecret(String line) {
        assertThat(SecretsWatch.findInLine("Failed: " + line)).isPresent();
    }

    @Test
    void letsTheNamesOfParametersPass() {
        assertThat(SecretsWatch.findInLine("queryParameters=[X-Amz-Signature, X-Amz-Security-Token]"))
                .isEmpty();
    }
}
