package dev.sea.integrations.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The payload of the JWT in a request's {@code Authorization} header. Nothing here checks a signature. So a payload counts
 * only if it {@linkplain #of is the one} whose signature the gateway's authorizer checked.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519, JSON Web Token</a>
 */
record PresentedToken(JsonNode payload) {
    private static final Pattern HEADER =
            Pattern.compile("(?:Bearer +)?[\\w-]+\\.([\\w-]+)\\.[\\w-]+", Pattern.CASE_INSENSITIVE);
    private static final List<String> TEXTS = List.of("iss", "sub");
    private static final List<String> TIMES = List.of("iat", "exp");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads the header.
     *
     * @param authorization the header's text, with or without {@code Bearer}: the gateway accepts both
     * @param claims the gateway's, of the token that it checked
     * @return empty if the header has no token, or one whose issuer, subject, issue time or expiry is missing or not that
     *     of the claims
     */
    static Optional<PresentedToken> of(String authorization, Map<String, String> claims) {
        Matcher header = HEADER.matcher(authorization.strip());
        if (!header.matches()) {
            return Optional.empty();
        }
        try {
            JsonNode payload = JSON.readTree(Base64.getUrlDecoder().decode(header.group(1)));
            boolean same = TEXTS.stream().allMatch(name -> isSameText(payload.get(name), claims.get(name)))
                    && TIMES.stream().allMatch(name -> isSameNumber(payload.get(name), claims.get(name)));
            return same ? Optional.of(new PresentedToken(payload)) : Optional.empty();
        } catch (IllegalArgumentException | JsonProcessingException unreadable) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isSameText(@Nullable JsonNode member, @Nullable String claim) {
        return member != null && claim != null && claim.equals(member.textValue());
    }

    private static boolean isSameNumber(@Nullable JsonNode member, @Nullable String claim) {
        return member != null
                && claim != null
                && member.isNumber()
                && new BigDecimal(claim).compareTo(member.decimalValue()) == 0;
    }

    /** The strings of a claim that is a list of strings; empty if it is anything else. */
    Optional<List<String>> list(String claim) {
        if (!payload.path(claim).isArray()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : payload.path(claim)) {
            if (!element.isTextual()) {
                return Optional.empty();
            }
            texts.add(element.textValue());
        }
        return Optional.of(texts);
    }

    /** Shows no claim. */
    @Override
    public String toString() {
        return "PresentedToken";
    }
}
