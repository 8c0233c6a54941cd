package dev.sea.integrations.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {

    @ParameterizedTest
    @EnumSource
    void everyProblemIsDocumentedWithItsStatus(ProblemType type) throws IOException {
        assertThat(Files.readString(Path.of("docs/problems.md")))
                .contains("| `" + type.uri() + "` | " + type.status() + " |");
    }
}
