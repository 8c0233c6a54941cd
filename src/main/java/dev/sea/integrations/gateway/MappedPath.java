package dev.sea.integrations.gateway;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern BASE = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9$_.+!*'()-]+)+");

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
        int start = startOf(known.group(1), path);
        boolean mapped = start > 0 && BASE.matcher(path.substring(0, start)).matches();
        return mapped
                ? new MappedPath(path.substring(0, start), start == path.length() ? "/" : path.substring(start))
                : new MappedPath("", path);
    }

    /** Where the route begins in the path, compared from the end; -1 where the path does not end with the route. */
    private static int startOf(String route, String path) {
        if (route.equals("/")) {
            // A mapping answers with and without the slash at its end.
            return path.endsWith("/") ? path.length() - 1 : path.length();
        }
        String[] segments = route.substring(1).split("/", -1);
        int end = path.length();
        for (int i = segments.length - 1; i >= 0; i--) {
            int slash = path.lastIndexOf('/', end - 1);
            if (slash < 0 || !fits(segments[i], path.substring(slash + 1, end))) {
                return -1;
            }
            end = slash;
        }
        return end;
    }

    private static boolean fits(String wanted, String segment) {
        return VARIABLE.matcher(wanted).matches() ? !segment.isEmpty() : segment.equals(wanted);
    }
}
