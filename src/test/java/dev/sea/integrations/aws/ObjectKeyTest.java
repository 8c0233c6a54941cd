package dev.sea.integrations.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sea.integrations.RuleViolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "2026/11/28/9f2c.mp4",
                "a..b/.hidden/...",
                "a//b",
                "folder/",
                "Aufnahme ü %2e + & ? #.mp4",
                "שלום.mp4",
                "\uD83C\uDFA5.mp4",
                "plant/.sea-validation",
                ".sea-validation2"
            })
    void oneMayHoldWhatS3Holds(String key) {
        assertThat(new ObjectKey(key).value()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "'', KEY_LENGTH",
        "/a, KEY_LEADING_SLASH",
        "., KEY_DOT_SEGMENT",
        "a/../b, KEY_DOT_SEGMENT",
        "a/., KEY_DOT_SEGMENT",
        "'a\tb', KEY_CONTROL_CHARACTER",
        "'a\u0085b', KEY_CONTROL_CHARACTER",
        "a\u202Eb, KEY_BIDI_CONTROL",
        "'\u200B', KEY_INVISIBLE",
        "' ', KEY_INVISIBLE",
        ".sea-validation, KEY_OF_VALIDATIONS"
    })
    void oneIsRefusedWithItsRule(String key, String code) {
        assertThat(refusal(() -> new ObjectKey(key))).isEqualTo(code);
    }

    @Test
    void halfACharacterIsRefused() {
        assertThat(refusal(() -> new ObjectKey("a" + (char) 0xD83C))).isEqualTo("KEY_NOT_UNICODE");
    }

    @Test
    void itHasAsManyBytesAsS3AllowsTogetherWithThePrefix() {
        KeyPrefix prefix = new KeyPrefix("plant-7/");

        assertThat(new ObjectKey("ü".repeat(512)).value()).hasSize(512);
        assertThat(refusal(() -> new ObjectKey("ü".repeat(512) + "a"))).isEqualTo("KEY_LENGTH");
        assertThat(new ObjectKey("ü".repeat(508)).under(prefix))
                .startsWith("plant-7/ü")
                .hasSize(516);
        assertThat(refusal(() -> new ObjectKey("ü".repeat(508) + "a").under(prefix)))
                .isEqualTo("KEY_LENGTH");
        assertThat(new ObjectKey("a").under(KeyPrefix.NONE)).isEqualTo("a");
    }

    private static String refusal(Runnable making) {
        return catchThrowableOfType(RuleViolation.class, making::run).code();
    }
}
