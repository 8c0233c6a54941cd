package dev.sea.integrations.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Authorization codes of one public client. A code needs PKCE with S256 and the same redirect URL, and works once. */
final class CodeGrants {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String clientId;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    CodeGrants(String clientId) {
        this.clientId = clientId;
    }

    /** The URL that takes the browser back to the client with a new code. */
    String begin(Map<String, String> asked) {
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        return asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state");
    }

    /** The nonce that came with the request for the code; empty if the token endpoint must refuse. */
    Optional<String> redeem(Map<String, String> asked) {
        return Optional.ofNullable(codes.remove(asked.getOrDefault("code", "")))
                .filter(begun -> clientId.equals(asked.get("client_id"))
                        && Objects.equals(begun.get("redirect_uri"), asked.get("redirect_uri"))
                        && "S256".equals(begun.get("code_challenge_method"))
                        && challenge(asked.getOrDefault("code_verifier", "")).equals(begun.get("code_challenge")))
                .map(begun -> begun.getOrDefault("nonce", ""));
    }

    static Map<String, String> query(HttpExchange exchange) {
        return parameters(Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""));
    }

    static Map<String, String> form(HttpExchange exchange) throws IOException {
        return parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** A JWT whose signature nobody checks. */
    static String token(Map<String, ?> claims) {
        try {
            return "e30." + base64(JSON.writeValueAsBytes(claims)) + ".c2lnbmVk";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static void redirect(HttpExchange exchange, String url) throws IOException {
        exchange.getResponseHeaders().set("Location", url);
        exchange.sendResponseHeaders(302, -1);
    }

    static void json(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        answer(exchange, status, "application/json", JSON.writeValueAsString(body));
    }

    static void page(HttpExchange exchange, int status, String body) throws IOException {
        answer(
                exchange,
                status,
                "text/html; charset=utf-8",
                "<!doctype html><html lang=en><link rel=icon href=data:,><title>Provider</title>" + body);
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
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
