package dev.sea.integrations.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A Cognito user pool with a domain, as far as the page sees it. The discovery document is at one origin, the endpoints
 * are at another. The document names an {@code end_session_endpoint}, but that endpoint does not follow OpenID Connect: it
 * takes {@code client_id} and {@code logout_uri}. The revocation endpoint lets no other origin read its answer, since the
 * documentation promises no CORS.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html">The logout endpoint</a>
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/revocation-endpoint.html">The token revocation
 *     endpoint</a>
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html">The token endpoint</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html">The
 *     ID token</a>
 */
public final class FakeCognito implements AutoCloseable {
    public static final String CLIENT_ID = "1h57kf5cpq17m0eml12EXAMPLE";
    private static final String POOL = "/eu-west-1_EXAMPLE";

    private final String page;
    private final FakeUser user;
    private final HttpServer pool;
    private final HttpServer domain;
    private final CodeGrants codes = new CodeGrants(CLIENT_ID);
    private final Map<String, Gateway> tokens = new ConcurrentHashMap<>();
    /** Each with the nonce of its sign-in. */
    private final Map<String, String> refreshTokens = new ConcurrentHashMap<>();

    private volatile boolean session = true;
    private volatile boolean namesRevocation = true;

    /** @param page URL of the page, which the app client allows for sign-in and sign-out */
    public FakeCognito(String page, FakeUser user) {
        this.page = page;
        this.user = user;
        pool = server(this::servePool);
        domain = server(this::serveDomain);
    }

    private static HttpServer server(HttpHandler handler) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", handler);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stage variables that the template sets for the stack's own pool. */
    public Map<String, String> stageVariables() {
        return Map.of(
                "signInIssuer",
                issuer(),
                "signInClientId",
                CLIENT_ID,
                "signInOrigins",
                origin(domain),
                "signInCognitoLogout",
                origin(domain) + "/logout");
    }

    /** From now on, the discovery document does not name the revocation endpoint. */
    public void hidesRevocation() {
        namesRevocation = false;
    }

    /** Makes every ID token so far invalid. */
    public void expireTokens() {
        tokens.clear();
    }

    public Optional<Gateway> callerOf(String token) {
        return Optional.ofNullable(tokens.get(token));
    }

    /** The refresh tokens that are still valid. */
    public Set<String> refreshTokens() {
        return Set.copyOf(refreshTokens.keySet());
    }

    @Override
    public void close() {
        pool.stop(0);
        domain.stop(0);
    }

    private String issuer() {
        return origin(pool) + POOL;
    }

    private static String origin(HttpServer server) {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void servePool(HttpExchange exchange) throws IOException {
        try (exchange) {
            allowAnyOrigin(exchange);
            boolean discovery = exchange.getRequestURI().getPath().equals(POOL + "/.well-known/openid-configuration");
            CodeGrants.json(exchange, discovery ? 200 : 404, discovery ? discovery() : Map.of());
        }
    }

    private Map<String, String> discovery() {
        Map<String, String> discovery = new HashMap<>(Map.of(
                "issuer", issuer(),
                "authorization_endpoint", origin(domain) + "/oauth2/authorize",
                "token_endpoint", origin(domain) + "/oauth2/token",
                "end_session_endpoint", origin(domain) + "/logout"));
        if (namesRevocation) {
            discovery.put("revocation_endpoint", origin(domain) + "/oauth2/revoke");
        }
        return discovery;
    }

    private void serveDomain(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
                case "GET /oauth2/authorize" -> authorize(exchange);
                case "GET /login" -> login(exchange);
                case "POST /oauth2/token" -> token(exchange);
                case "POST /oauth2/revoke" -> revoke(exchange);
                case "GET /logout" -> logout(exchange);
                default -> CodeGrants.page(exchange, 405, "");
            }
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        if (session) {
            CodeGrants.redirect(exchange, codes.begin(CodeGrants.query(exchange)));
        } else {
            CodeGrants.redirect(exchange, "/login?" + exchange.getRequestURI().getRawQuery());
        }
    }

    private static void login(HttpExchange exchange) throws IOException {
        CodeGrants.page(exchange, 200, "<h1>Sign in to the pool</h1>");
    }

    private void token(HttpExchange exchange) throws IOException {
        allowAnyOrigin(exchange);
        Map<String, String> asked = CodeGrants.form(exchange);
        if ("refresh_token".equals(asked.get("grant_type"))) {
            String nonce = refreshTokens.get(asked.getOrDefault("refresh_token", ""));
            if (nonce == null || !CLIENT_ID.equals(asked.get("client_id"))) {
                CodeGrants.json(exchange, 400, Map.of("error", "invalid_grant"));
            } else {
                CodeGrants.json(exchange, 200, tokens(nonce));
            }
            return;
        }
        Optional<String> nonce = codes.redeem(asked);
        if (nonce.isEmpty()) {
            CodeGrants.json(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        String refresh = UUID.randomUUID().toString();
        refreshTokens.put(refresh, nonce.get());
        Map<String, Object> granted = new HashMap<>(tokens(nonce.get()));
        granted.put("refresh_token", refresh);
        CodeGrants.json(exchange, 200, granted);
    }

    /** Without rotation, which a client has to ask for, a renewal brings no new refresh token. */
    private Map<String, Object> tokens(String nonce) {
        Map<String, Object> claims = new HashMap<>(user.claims());
        claims.put("iss", issuer());
        claims.put("aud", CLIENT_ID);
        claims.put("token_use", "id");
        claims.put("cognito:username", user.subject());
        claims.put("exp", Instant.now().getEpochSecond() + 3600);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("nonce", nonce);
        String token = CodeGrants.token(claims);
        tokens.put(token, user.gateway());
        return Map.of(
                "id_token", token, "access_token", "opaque to the page", "token_type", "Bearer", "expires_in", 3600);
    }

    private void revoke(HttpExchange exchange) throws IOException {
        Map<String, String> asked = CodeGrants.form(exchange);
        if (!asked.containsKey("token")) {
            CodeGrants.json(exchange, 400, Map.of("error", "invalid_request"));
        } else if (!CLIENT_ID.equals(asked.get("client_id"))) {
            CodeGrants.json(exchange, 401, Map.of("error", "invalid_client"));
        } else {
            refreshTokens.remove(asked.get("token"));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void logout(HttpExchange exchange) throws IOException {
        Map<String, String> asked = CodeGrants.query(exchange);
        String back = asked.getOrDefault("logout_uri", "");
        if (CLIENT_ID.equals(asked.get("client_id")) && back.equals(page + "/")) {
            session = false;
            CodeGrants.redirect(exchange, back);
        } else {
            CodeGrants.page(exchange, 400, "An error was encountered with the requested page.");
        }
    }

    private static void allowAnyOrigin(HttpExchange exchange) {
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
    }
}
