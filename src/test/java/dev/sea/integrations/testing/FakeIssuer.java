package dev.sea.integrations.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An OpenID provider that follows the standards. Its user is signed in already, unless it asks. Its URLs are under the
 * page's own origin; those of {@link FakeCognito} are not.
 */
public final class FakeIssuer {
    public static final String CLIENT_ID = "the-page";

    private final String origin;
    private final CodeGrants codes = new CodeGrants(CLIENT_ID);
    private final Map<String, Gateway> tokens = new ConcurrentHashMap<>();
    private final Set<String> refreshTokens = ConcurrentHashMap.newKeySet();
    private final Map<String, Object> lies = new ConcurrentHashMap<>();
    private volatile FakeUser user;
    private volatile boolean refreshes;
    private volatile boolean asks;
    private volatile boolean isolated;
    private volatile boolean signsOut;
    private volatile Optional<String> signedOutWith = Optional.empty();
    private volatile String signedOut = "";

    /** @param origin of the page, which has this provider under it: a test has one host */
    public FakeIssuer(String origin, FakeUser user) {
        this.origin = origin;
        this.user = user;
    }

    public String issuer() {
        return origin + "/issuer";
    }

    /** From now on, issues refresh tokens. */
    public void refreshes() {
        refreshes = true;
    }

    /** From now on, shows a page and waits for a click on "Continue". */
    public void asks() {
        asks = true;
    }

    /** From now on, cuts its windows off from the page that opened them, by {@code Cross-Origin-Opener-Policy}. */
    public void isolatesItsWindows() {
        isolated = true;
    }

    /** The ID token that the last sign-out's address held. */
    public Optional<String> signedOutWith() {
        return signedOutWith;
    }

    /** From now on, has the endpoints of RFC 7009 and of OpenID Connect RP-Initiated Logout 1.0. */
    public void signsOut() {
        signsOut = true;
    }

    /** From now on, puts this value into this claim of its ID tokens. */
    public void lies(String claim, Object value) {
        lies.put(claim, value);
    }

    /** From now on, another user is signed in. */
    public void isUsedBy(FakeUser other) {
        user = other;
    }

    /** Makes every token so far invalid. */
    public void expireTokens() {
        tokens.clear();
    }

    public Optional<Gateway> callerOf(String token) {
        return Optional.ofNullable(tokens.get(token));
    }

    /** The refresh tokens that are still valid. */
    public Set<String> refreshTokens() {
        return Set.copyOf(refreshTokens);
    }

    /** Where the last sign-out sent the browser; empty if there was none. */
    public String signedOutTo() {
        return signedOut;
    }

    public void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/issuer/.well-known/openid-configuration" -> CodeGrants.json(exchange, 200, discovery());
                case "/issuer/authorize" -> authorize(exchange);
                case "/issuer/token" -> token(exchange);
                case "/issuer/revoke" -> revoke(exchange);
                case "/issuer/end-session" -> endSession(exchange);
                default -> CodeGrants.json(exchange, 404, Map.of());
            }
        }
    }

    private Map<String, Object> discovery() {
        Map<String, Object> discovery = new HashMap<>(Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token"));
        if (signsOut) {
            discovery.put("revocation_endpoint", issuer() + "/revoke");
            discovery.put("end_session_endpoint", issuer() + "/end-session");
        }
        return discovery;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        String back = codes.begin(CodeGrants.query(exchange));
        if (isolated) {
            exchange.getResponseHeaders().set("Cross-Origin-Opener-Policy", "same-origin");
        }
        if (asks) {
            CodeGrants.page(exchange, 200, "<a href='" + back + "'>Continue</a>");
        } else {
            CodeGrants.redirect(exchange, back);
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked = CodeGrants.form(exchange);
        Optional<String> nonce = "refresh_token".equals(asked.get("grant_type"))
                ? Optional.of("").filter(_ -> refreshTokens.remove(asked.getOrDefault("refresh_token", "")))
                : codes.redeem(asked);
        if (nonce.isPresent()) {
            CodeGrants.json(exchange, 200, tokens(nonce.get()));
        } else {
            CodeGrants.json(exchange, 400, Map.of("error", "invalid_grant"));
        }
    }

    private void revoke(HttpExchange exchange) throws IOException {
        Map<String, String> asked = CodeGrants.form(exchange);
        boolean right = exchange.getRequestMethod().equals("POST") && CLIENT_ID.equals(asked.get("client_id"));
        if (right) {
            refreshTokens.remove(asked.getOrDefault("token", ""));
        }
        exchange.sendResponseHeaders(right ? 200 : 400, -1);
    }

    /** Signs out who is signed in, only the one whom a hint names if there is one, and sends the browser only to the page. */
    private void endSession(HttpExchange exchange) throws IOException {
        Map<String, String> asked = CodeGrants.query(exchange);
        String back = asked.getOrDefault("post_logout_redirect_uri", "");
        Optional<String> hint = Optional.ofNullable(asked.get("id_token_hint"));
        signedOutWith = hint;
        boolean known = hint.map(token -> callerOf(token).isPresent()).orElse(true);
        if (known && CLIENT_ID.equals(asked.get("client_id")) && back.equals(origin + "/")) {
            signedOut = back;
            CodeGrants.redirect(exchange, back);
        } else {
            CodeGrants.page(exchange, 400, "Unknown client or user");
        }
    }

    /** A renewed ID token has no nonce (OpenID Connect Core 1.0, 12.2). */
    private Map<String, Object> tokens(String nonce) {
        Map<String, Object> claims = new HashMap<>(user.claims());
        claims.put("iss", issuer());
        claims.put("aud", CLIENT_ID);
        claims.put("exp", Instant.now().getEpochSecond() + 3600);
        claims.put("jti", UUID.randomUUID().toString());
        if (!nonce.isEmpty()) {
            claims.put("nonce", nonce);
        }
        claims.putAll(lies);
        String token = CodeGrants.token(claims);
        tokens.put(token, user.gateway());
        claims.put("jti", UUID.randomUUID().toString());
        String access = CodeGrants.token(claims);
        tokens.put(access, user.gateway());
        Map<String, Object> granted =
                new HashMap<>(Map.of("id_token", token, "access_token", access, "expires_in", 3600));
        if (refreshes) {
            String refresh = UUID.randomUUID().toString();
            refreshTokens.add(refresh);
            granted.put("refresh_token", refresh);
        }
        return granted;
    }
}
