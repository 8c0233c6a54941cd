package dev.sea.integrations.mistakes;

import dev.sea.integrations.testing.SecretsWatch;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

/**
 * Tries all cases against the packaged function in Lambda's emulator, which {@code src/it/mistakes.sh} starts: the JVM's or a
 * native image. {@code -Dfunction} is where the emulator takes events, {@code -Dfunction.log} what the function logs. The
 * build's tests leave it out, by its name.
 */
class PackagedFunctionMistakes extends MistakeCases {

    @AfterAll
    static void itsLogShowsNoSecret() throws IOException {
        SecretsWatch.check(Path.of(System.getProperty("function.log", "")));
    }
}
