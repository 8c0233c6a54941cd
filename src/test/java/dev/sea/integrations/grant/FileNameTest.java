package dev.sea.integrations.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sea.integrations.RuleViolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {

    @ParameterizedTest
    @CsvSource({
        "a.mp4, attachment; filename=\"a.mp4\"; filename*=UTF-8''a.mp4",
        "Plant 7.mp4, attachment; filename=\"Plant 7.mp4\"; filename*=UTF-8''Plant%207.mp4",
        "Straße;x.mp4, attachment; filename=\"Stra_e;x.mp4\"; filename*=UTF-8''Stra%C3%9Fe%3Bx.mp4",
        "\uD83C\uDFA5%2e\".mp4, attachment; filename=\"__2e_.mp4\"; filename*=UTF-8''%F0%9F%8E%A5%252e%22.mp4"
    })
    void aNameIsWrittenAsciiForAllAndExactlyForThoseWhoReadMore(String name, String disposition) {
        assertThat(new FileName(name).disposition()).isEqualTo(disposition);
    }

    @ParameterizedTest
    @CsvSource({
        "'', FILE_NAME_INVISIBLE",
        "'\u200B', FILE_NAME_INVISIBLE",
        "., FILE_NAME_INVISIBLE",
        "a/b, FILE_NAME_CHARACTERS",
        "a\\b, FILE_NAME_CHARACTERS",
        "'a\r\nX: y', FILE_NAME_CHARACTERS",
        "a\u202E4pm.exe, FILE_NAME_BIDI_CONTROL"
    })
    void whatIsNoNameIsRefused(String name, String code) {
        assertThat(catchThrowableOfType(RuleViolation.class, () -> new FileName(name))
                        .code())
                .isEqualTo(code);
    }

    @Test
    void oneHasAtMost255Characters() {
        assertThat(new FileName("n".repeat(255)).value()).hasSize(255);
        assertThat(catchThrowableOfType(RuleViolation.class, () -> new FileName("n".repeat(256)))
                        .code())
                .isEqualTo("FILE_NAME_LENGTH");
    }
}
