package dev.sea.integrations.page;

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
 * The page, open to everybody: it holds no data. The document is asked for each time and mostly answered with 304; what
 * it refers to has its hash in its name and is kept for a year.
 */
@Path("/")
@ApplicationScoped
@PageSecurity.PageAnswer
public class PageResource {
    private static final String KEEP = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";

    /** Read with the first request for the page, so that the API's first answer does not wait for it. */
    private static final class Sent {
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
                        : Response.ok(files.document(), "text/html;charset=utf-8")
                                .tag(tag))
                .header(HttpHeaders.CACHE_CONTROL, ASK_AGAIN)
                .build();
    }

    /** A file of another version is answered too, since a document may be older or newer than the function. */
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

    /** In development anew each time: a changed file needs no restart. */
    private static PageFiles files() {
        return LaunchMode.current() == LaunchMode.DEVELOPMENT ? PageFiles.read() : Sent.FILES;
    }
}
