package dev.sea.integrations.security;

import dev.sea.integrations.SeaConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reads tenant and roles from the claims of the JWT that the gateway's authorizer checked. API Gateway passes each claim
 * as a string, and a list as {@code [a b]}.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda proxy integrations for HTTP APIs</a>
 */
@ApplicationScoped
class GatewayClaims {
    private static final Logger LOG = Logger.getLogger(GatewayClaims.class);

    /** How issuers and templates write a claim that has no value. In lower case. */
    private static final Set<String> MISSING = Set.of("null", "undefined", "none", "nil", "nan", "unknown");

    private static final Pattern LIST = Pattern.compile("\\[.*]", Pattern.DOTALL);
    private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[A-Za-z0-9]");

    private final SeaConfig config;

    GatewayClaims(SeaConfig config) {
        this.config = config;
    }

    /** Empty if the claim is missing or is not a tenant. The claim is taken whole or not at all. */
    Optional<Tenant> tenant(Map<String, String> claims) {
        return Optional.ofNullable(claims.get(config.security().tenantClaim()))
                .filter(Tenant::isTenant)
                .filter(claim -> !MISSING.contains(claim.toLowerCase(Locale.ROOT)))
                .filter(claim -> LETTER_OR_DIGIT.matcher(claim).find())
                .map(Tenant::new);
    }

    /**
     * SEA's roles among those that the claim names, by their whole names.
     *
     * <p>A list with blanks in it cannot be taken apart: {@code [a b]} is two roles, or one with a blank in its name. Its
     * elements are taken from the token, if that is the token of these claims; else there are none. A claim that is no list
     * has its names parted by blanks, as in {@code scope}.
     *
     * @param authorization the request's {@code Authorization} header, or an empty string
     */
    Set<String> roles(Map<String, String> claims, String authorization) {
        return names(claims, authorization).stream()
                .filter(Role.OF_TOKENS::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<String> names(Map<String, String> claims, String authorization) {
        String name = config.security().rolesClaim();
        String claim = claims.getOrDefault(name, "");
        if (!LIST.matcher(claim).matches()) {
            return List.of(claim.split(" "));
        }
        String single = claim.substring(1, claim.length() - 1);
        if (single.indexOf(' ') < 0) {
            return List.of(single);
        }
        Optional<List<String>> exact = PresentedToken.of(authorization, claims)
                .flatMap(token -> token.list(name))
                .filter(names -> claim.equals("[" + String.join(" ", names) + "]"));
        if (exact.isEmpty()) {
            LOG.warnf("%s is a list, and Authorization does not hold the token that it comes from: no roles", name);
        }
        return exact.orElse(List.of());
    }

    String subject(Map<String, String> claims) {
        return claims.getOrDefault("sub", "unknown");
    }
}
