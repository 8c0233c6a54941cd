package dev.sea.integrations.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.report.CheckId;
import dev.sea.integrations.report.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the service may answer has its words in the page. */
class WordsTest {
    private static final Path WORDS = Path.of("src/main/resources/META-INF/resources/page/words.js");

    @ParameterizedTest
    @EnumSource
    void everyCheckHasAName(CheckId check) throws IOException {
        assertThat(Files.readString(WORDS)).containsPattern("\\n  '?" + check.id() + "'?: ['\"]");
    }

    @ParameterizedTest
    @EnumSource
    void everyRecommendationHasATopic(AdviceCode code) throws IOException {
        assertThat(Files.readString(WORDS)).containsPattern("const TOPICS = \\{[^}]*\n  " + code + ": ['\"]");
    }

    /** Two copies to make must not have the same name. */
    @Test
    void eachConfigurationToCopyHasANameOfItsOwn() throws IOException {
        List<String> names = Pattern.compile("\\n  ([A-Z_]+): '([^']*onfiguration[^']*|Lifecycle rule)',")
                .matcher(Files.readString(WORDS))
                .results()
                .map(word -> word.group(2))
                .toList();

        assertThat(names).hasSize(6).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void everyDenialSaysWhoRefusedAndEveryFaultOfSeaThatItIsOne(FailureCode code) throws IOException {
        boolean told = code.nature() == FailureCode.Nature.DENIAL || code.isOurs();

        assertThat(Files.readString(WORDS).contains("\n  " + code + ": ") || !told)
                .as("words for %s", code)
                .isTrue();
    }
}
