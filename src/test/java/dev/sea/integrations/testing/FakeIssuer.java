package dev.sea.integrations.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * An OpenID provider whose user is signed in already. It enforces what the page must do: PKCE with S256, the
 * registered redirect URL, and one use of a code.
 */
public final class FakeIssuer {
    public static final String CLIENT_ID = "the-page";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String origin;
    private final Gateway user;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Map<String, Gateway> tokens = new ConcurrentHashMap<>();
    private final Map<String, Object> lies = new ConcurrentHashMap<>();
    private volatile boolean refreshes;

    /** @param origin of the page, under which it lies: a test has one host */
    public FakeIssuer(String origin, Gateway user) {
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

    /** From now on, puts this value into this claim of its ID tokens. */
    public void lies(String claim, Object value) {
        lies.put(claim, value);
    }

    /** Makes every token so far invalid. */
    public void expireTokens() {
        tokens.clear();
    }

    public Optional<Gateway> callerOf(String token) {
        return Optional.ofNullable(tokens.get(token));
    }

    public void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/issuer/.well-known/openid-configuration" ->
                    answer(
                            exchange,
                            200,
                            Map.of(
                                    "issuer", issuer(),
                                    "authorization_endpoint", issuer() + "/authorize",
                                    "token_endpoint", issuer() + "/token"));
                case "/issuer/authorize" -> authorize(exchange);
                case "/issuer/token" -> token(exchange);
                default -> answer(exchange, 404, Map.of());
            }
        }
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        exchange.getResponseHeaders()
                .set("Location", asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if ("refresh_token".equals(asked.get("grant_type"))) {
            answer(exchange, 200, tokens(""));
            return;
        }
        Map<String, String> begun = codes.remove(asked.getOrDefault("code", ""));
        boolean right = begun != null
                && CLIENT_ID.equals(asked.get("client_id"))
                && Objects.equals(begun.get("redirect_uri"), asked.get("redirect_uri"))
                && "S256".equals(begun.get("code_challenge_method"))
                && challenge(asked.getOrDefault("code_verifier", "")).equals(begun.get("code_challenge"));
        answer(
                exchange,
                right ? 200 : 400,
                begun != null && right ? tokens(begun.getOrDefault("nonce", "")) : Map.of("error", "invalid_grant"));
    }

    private Map<String, Object> tokens(String nonce) throws JsonProcessingException {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                issuer(),
                "aud",
                CLIENT_ID,
                "nonce",
                nonce,
                "exp",
                Instant.now().getEpochSecond() + 3600,
                "jti",
                UUID.randomUUID().toString()));
        claims.putAll(lies);
        String token = "e30." + base64(JSON.writeValueAsBytes(claims)) + ".c2lnbmVk";
        tokens.put(token, user);
        Map<String, Object> granted = new HashMap<>(Map.of("id_token", token, "expires_in", 3600));
        if (refreshes) {
            granted.put("refresh_token", UUID.randomUUID().toString());
        }
        return granted;
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String challenge(String verifier) {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
