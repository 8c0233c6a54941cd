package dev.sea.integrations.page;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.gateway.Invocation;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the page's users sign in: through OpenID Connect, with the settings in the variables of the gateway's stage. These are
 * {@code signInIssuer}, {@code signInClientId}, {@code signInScopes}, {@code signInToken}, {@code signInOrigins} and
 * {@code signInCognitoLogout}; commas separate the items of a list. Without issuer and client ID, as in development, users do
 * not sign in.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html">OpenID Connect Core 1.0</a>
 */
@ApplicationScoped
public class SignIn {
    private final SeaConfig config;
    private final Invocation invocation;

    public SignIn(SeaConfig config, Invocation invocation) {
        this.config = config;
        this.invocation = invocation;
    }

    /**
     * The settings of a public client. None of them is secret.
     *
     * @param issuer the value of {@code iss} in the tokens
     * @param token which of the provider's tokens has the claims that this deployment reads: {@code id} or {@code access}
     * @param tenantClaim which of its claims is the tenant
     * @param cognitoLogout the {@code /logout} endpoint of the user pool, where the provider is Amazon Cognito. A discovery
     *     document cannot tell, and the endpoint does not have the parameters of OpenID Connect
     * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html">The managed login
     *     sign-out endpoint</a>
     */
    @Schema(name = "SignIn")
    public record Settings(
            String issuer,
            String clientId,
            List<String> scopes,
            String token,
            String tenantClaim,
            @Nullable String cognitoLogout) {}

    /** The settings; empty where users do not sign in. */
    public Optional<Settings> settings() {
        return invocation
                .stageVariable("signInIssuer")
                .flatMap(issuer -> invocation.stageVariable("signInClientId").map(client -> settings(issuer, client)));
    }

    private Settings settings(String issuer, String clientId) {
        List<String> scopes = list("signInScopes");
        return new Settings(
                issuer,
                clientId,
                scopes.isEmpty() ? List.of("openid") : scopes,
                invocation.stageVariable("signInToken").orElse("id"),
                config.security().tenantClaim(),
                invocation.stageVariable("signInCognitoLogout").orElse(null));
    }

    /** The origins that the page may call, as sources of a Content Security Policy: this one and the provider's. */
    public List<String> sources() {
        Stream<String> provider = settings().stream()
                .flatMap(signIn -> Stream.concat(Stream.of(origin(signIn.issuer())), list("signInOrigins").stream()));
        return Stream.concat(Stream.of("'self'"), provider).toList();
    }

    private List<String> list(String name) {
        return invocation
                .stageVariable(name)
                .map(text -> List.of(text.split(",")))
                .orElse(List.of());
    }

    private static String origin(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
