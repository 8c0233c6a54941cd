package dev.sea.integrations.page;

import dev.sea.integrations.gateway.Invocation;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How the page's users sign in: by OpenID Connect with what the gateway's stage says ({@code signInIssuer},
 * {@code signInClientId}, {@code signInScopes}, {@code signInToken}, {@code signInOrigins}; lists have commas), or not at
 * all where it says nothing, as in development.
 */
@ApplicationScoped
public class SignIn {
    private final Invocation invocation;

    public SignIn(Invocation invocation) {
        this.invocation = invocation;
    }

    /**
     * What a public client needs to know; none of it is secret.
     *
     * @param issuer as the tokens have it in {@code iss}
     * @param token which of the provider's tokens carries the claims that this deployment reads: {@code id} or
     *     {@code access}
     */
    @Schema(name = "SignIn")
    public record Settings(String issuer, String clientId, List<String> scopes, String token) {}

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
                invocation.stageVariable("signInToken").orElse("id"));
    }

    /** Where the page may send requests, as sources of the Content Security Policy: here and to the provider. */
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
