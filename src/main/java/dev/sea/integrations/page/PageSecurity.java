package dev.sea.integrations.page;

import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a browser may do with the page: run and show what comes from here, and call this service and the identity
 * provider. No inline script or style, nobody else's host, no frame, no markup made from text.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 */
@Provider
@PageSecurity.PageAnswer
public class PageSecurity implements ContainerResponseFilter {
    private final SignIn signIn;

    /** Marks a resource whose answers a browser shows or runs. */
    @NameBinding
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface PageAnswer {}

    public PageSecurity(SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle("Content-Security-Policy", policy());
        headers.putSingle("Strict-Transport-Security", "max-age=31536000");
        headers.putSingle("X-Content-Type-Options", "nosniff");
        headers.putSingle("Referrer-Policy", "no-referrer");
    }

    private String policy() {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self'",
                "connect-src " + String.join(" ", signIn.sources()),
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'");
    }
}
