package dev.sea.integrations.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request's path in two parts. Behind a custom domain with a path mapping, or in a named stage, API Gateway matches its
 * route with the end of the path, but sends the whole path.
 *
 * @param base what stands before the route, such as {@code /sea}; empty in the stage {@code $default} without a mapping
 * @param path what the route matches
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html">Mapping API stages to a
 *     custom domain name for HTTP APIs</a>
 */
record MappedPath(String base, String path) {
    /** Segments of the characters that a mapping's key may have, none of them {@code .} or {@code ..}. */
    private static final String BASE = "(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9$_.+!*'()-]+)+";

    private static final Pattern ROUTE = Pattern.compile("[A-Z]+ ((?:/[^/{}]*|/\\{[A-Za-z0-9_]+})+)");
    private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z0-9_]+}");

    /** Of the path as the client sent it. */
    static MappedPath of(APIGatewayV2HTTPEvent event) {
        APIGatewayV2HTTPEvent.@Nullable RequestContext context = event.getRequestContext();
        boolean known = context != null
                && context.getHttp() != null
                && context.getHttp().getPath() != null;
        return of(event.getRouteKey(), known ? context.getHttp().getPath() : event.getRawPath());
    }

    /**
     * The base is empty where the path does not end with the route, or the route is {@code $default} or greedy.
     *
     * @param route the event's {@code routeKey}, such as {@code GET /v1/integrations/{id}}
     */
    static MappedPath of(@Nullable String route, @Nullable String path) {
        if (route == null || path == null) {
            return new MappedPath("", path == null ? "" : path);
        }
        Matcher known = ROUTE.matcher(route);
        if (!known.matches()) {
            return new MappedPath("", path);
        }
        // A mapping answers with and without the slash at its end.
        String end = known.group(1).equals("/") ? "/?" : pattern(known.group(1));
        Matcher mapped = Pattern.compile("(" + BASE + ")(" + end + ")").matcher(path);
        return mapped.matches()
                ? new MappedPath(mapped.group(1), mapped.group(2).isEmpty() ? "/" : mapped.group(2))
                : new MappedPath("", path);
    }

    private static String pattern(String route) {
        return Stream.of(route.substring(1).split("/", -1))
                .map(segment -> VARIABLE.matcher(segment).matches() ? "[^/]+" : Pattern.quote(segment))
                .collect(Collectors.joining("/", "/", ""));
    }
}
