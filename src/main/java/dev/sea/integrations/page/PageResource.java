package dev.sea.integrations.page;

import dev.sea.integrations.gateway.Invocation;
import io.quarkus.runtime.LaunchMode;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The page. It is open to everybody, because it contains no data. A browser asks for the document each time and usually
 * gets 304. The files that it refers to have a hash in their path, and a browser keeps them for a year.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111">RFC 9111, HTTP Caching</a>
 */
@Path("/")
@ApplicationScoped
@PageSecurity.PageAnswer
public class PageResource {
    private static final String KEEP = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";

    private final Invocation invocation;

    PageResource(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Loaded with the first request for the page, so that the first request to the API does not wait for it. */
    private static final class Loaded {
        private static final PageFiles FILES = PageFiles.read();
    }

    @GET
    @PermitAll
    @Operation(hidden = true)
    public Response page(@Context Request request) {
        PageFiles files = files();
        EntityTag tag = new EntityTag(files.version());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged != null
                        ? unchanged
                        : Response.ok(files.document(invocation.base()), "text/html;charset=utf-8")
                                .tag(tag))
                .header(HttpHeaders.CACHE_CONTROL, ASK_AGAIN)
                .build();
    }

    /** Sends a file for another version too, uncached: the document may come from an older or newer function. */
    @GET
    @Path("assets/{version}/{file}")
    @PermitAll
    @Operation(hidden = true)
    public Response asset(String version, String file) {
        PageFiles files = files();
        PageFiles.PageFile found = files.file(file).orElseThrow(NotFoundException::new);
        return Response.ok(found.text(), found.mediaType())
                .header(HttpHeaders.CACHE_CONTROL, version.equals(files.version()) ? KEEP : "no-store")
                .build();
    }

    /** In development it reads them each time, so that a change needs no restart. */
    private static PageFiles files() {
        return LaunchMode.current() == LaunchMode.DEVELOPMENT ? PageFiles.read() : Loaded.FILES;
    }
}
