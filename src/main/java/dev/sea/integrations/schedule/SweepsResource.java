package dev.sea.integrations.schedule;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.gateway.Invocation;
import dev.sea.integrations.input.InputObject;
import dev.sea.integrations.input.JsonBody;
import dev.sea.integrations.security.Role;
import dev.sea.integrations.table.DuePartition;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A tick of the schedule: {@code {"shard": 0, "shards": 1}}. Not part of the API; a request from the gateway gets 404. */
@Path("/internal/sweeps")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SweepsResource {
    private final Sweep sweep;
    private final JsonBody bodies;
    private final Invocation invocation;
    private final SeaConfig config;

    public SweepsResource(Sweep sweep, JsonBody bodies, Invocation invocation, SeaConfig config) {
        this.sweep = sweep;
        this.bodies = bodies;
        this.invocation = invocation;
        this.config = config;
    }

    @POST
    @RolesAllowed(Role.SCHEDULER)
    @Operation(hidden = true)
    public SweepReport sweep(InputStream body) {
        return sweep.run(
                shard(bodies.read(body)),
                invocation.timeLeft().orElse(config.schedule().timeLimit()));
    }

    private Shard shard(InputObject input) {
        int shards = input.number("shards", 1, DuePartition.COUNT)
                .orElse(config.schedule().shards());
        input.require("shard");
        int shard = input.number("shard", 0, shards - 1).orElse(0);
        input.finish();
        return new Shard(shard, shards);
    }
}
