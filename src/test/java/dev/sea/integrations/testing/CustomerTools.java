package dev.sea.integrations.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The tools of a customer's AWS administrator: shells, the AWS CLI, cfn-lint, Python. The Python tools are installed
 * beside the interpreter that runs the local AWS.
 */
public final class CustomerTools {
    private static final long PATIENCE_SECONDS = 60;

    private CustomerTools() {}

    /** The result of a command. */
    public record Run(int exit, String output, String errors) {

        /** The output of a command that must not fail. */
        public String succeeded() {
            if (exit != 0) {
                throw new AssertionError("exit " + exit + "\n" + output + "\n" + errors);
            }
            return output;
        }
    }

    public static Run python(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(interpreter().toString()));
        command.addAll(List.of(arguments));
        return run(command, input, Map.of());
    }

    /** Of all templates at once, since cfn-lint takes seconds to start. */
    public static Run cfnLint(List<String> templates) {
        List<String> command =
                new ArrayList<>(List.of(interpreter().resolveSibling("cfn-lint").toString()));
        try {
            Path folder =
                    Files.createTempDirectory(Files.createDirectories(Path.of("target", "customer")), "templates");
            for (String template : templates) {
                command.add(Files.writeString(folder.resolve(command.size() + ".yaml"), template)
                        .toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        command.addAll(List.of("--include-checks", "I", "--regions", "us-east-1"));
        return run(command, "", Map.of());
    }

    /** Runs a script in a shell as somebody would paste it, without the environment of this process. */
    public static Run shell(String shell, String script, Map<String, String> environment) {
        return run(List.of(shell), script, environment);
    }

    private static Path interpreter() {
        try {
            return Path.of(
                    Files.readString(Path.of(System.getProperty("local-aws.state", "target/local-aws"), "python"))
                            .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run run(List<String> command, String input, Map<String, String> environment) {
        try {
            Path home = Files.createTempDirectory(Files.createDirectories(Path.of("target", "customer")), "home");
            Path output = home.resolve("output");
            Path errors = home.resolve("errors");
            Path given = Files.writeString(home.resolve("input"), input);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(given.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            Map<String, String> clean = new HashMap<>(environment);
            clean.put("HOME", home.toAbsolutePath().toString());
            clean.put("PATH", interpreter().getParent() + File.pathSeparator + System.getenv("PATH"));
            builder.environment().clear();
            builder.environment().putAll(clean);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " has not ended after " + PATIENCE_SECONDS + " s");
            }
            return new Run(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
