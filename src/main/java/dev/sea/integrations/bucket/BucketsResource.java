package dev.sea.integrations.bucket;

import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.input.JsonBody;
import dev.sea.integrations.lifecycle.LiveProofs;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Says where a bucket is, so that nobody has to look for its Region. It says nothing of whether SEA may use the bucket. */
@Path("/v1/buckets/lookup")
@Produces(MediaType.APPLICATION_JSON)
public class BucketsResource {
    private final JsonBody json;
    private final BucketLookup lookup;
    private final LiveProofs proofs;
    private final Caller caller;

    BucketsResource(JsonBody json, BucketLookup lookup, LiveProofs proofs, Caller caller) {
        this.json = json;
        this.lookup = lookup;
        this.proofs = proofs;
        this.caller = caller;
    }

    /**
     * Where a bucket is.
     *
     * @param exists whether the deployment's partition has a bucket of this name, whoever owns it
     * @param region its Region; null if there is none
     */
    public record BucketView(boolean exists, @Nullable String region) {
        static BucketView of(Optional<AwsRegion> region) {
            return new BucketView(region.isPresent(), region.map(AwsRegion::id).orElse(null));
        }
    }

    @POST
    @RolesAllowed(Role.SYSTEM_ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "lookUpBucket",
            summary = "Find a bucket's Region",
            description =
                    "Asks S3 without credentials, so the answer is what anybody can learn. Counts as a validation against the tenant's limits.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = BucketInput.class)))
    @APIResponse(
            responseCode = "200",
            description = "Whether there is such a bucket, and where",
            content = @Content(schema = @Schema(implementation = BucketView.class)))
    @APIResponse(responseCode = "400", description = "The name is not one of a bucket")
    public BucketView lookUp(InputStream body) {
        BucketName bucket = json.read(body, BucketInput.class).name();
        return proofs.during(
                caller.actor(), "look-up-bucket", bucket.value(), () -> BucketView.of(lookup.region(bucket)));
    }
}
