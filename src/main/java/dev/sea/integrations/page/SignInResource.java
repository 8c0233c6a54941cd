package dev.sea.integrations.page;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;

/** Tells the page how its users sign in. Only this and the page's files need no token. */
@Path("/v1/sign-in")
@Produces(MediaType.APPLICATION_JSON)
public class SignInResource {
    private final SignIn signIn;

    public SignInResource(SignIn signIn) {
        this.signIn = signIn;
    }

    @GET
    @PermitAll
    @Operation(operationId = "getSignIn", summary = "Get how the page's users sign in")
    @APIResponse(responseCode = "200", description = "The settings of the OpenID Connect client")
    @APIResponse(responseCode = "404", description = "This deployment has no sign-in, as in development")
    @SecurityRequirements
    public SignIn.Settings signIn() {
        return signIn.settings().orElseThrow(NotFoundException::new);
    }
}
