package dev.sea.integrations.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The routes that the gateway will have, read from {@code template.yaml}. */
public final class TemplateRoutes {
    private static final Pattern ROUTE =
            Pattern.compile("Method: (\\w+)\\s+Path: (\\S+)(\\s+Auth:\\s+Authorizer: NONE)?");
    private static final List<Route> ROUTES = read();

    private TemplateRoutes() {}

    /**
     * One route.
     *
     * @param open reached without a token
     */
    public record Route(String method, String path, boolean open) {

        private boolean takes(String askedMethod, String askedPath) {
            String pattern = path.replaceAll("\\{\\w+}", "[^/]+");
            return method.equals(askedMethod) && askedPath.matches(pattern);
        }
    }

    public static List<Route> all() {
        return ROUTES;
    }

    public static Optional<Route> find(String method, String path) {
        return ROUTES.stream().filter(route -> route.takes(method, path)).findFirst();
    }

    private static List<Route> read() {
        try {
            return ROUTE.matcher(Files.readString(Path.of("template.yaml")))
                    .results()
                    .map(found -> new Route(found.group(1), found.group(2), found.group(3) != null))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
