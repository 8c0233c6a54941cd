package dev.sea.integrations.schedule;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.gateway.Invocation;
import dev.sea.integrations.input.JsonBody;
import dev.sea.integrations.input.QueryParameters;
import dev.sea.integrations.security.Role;
import dev.sea.integrations.table.DuePartition;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/** A tick of the schedule: {@code {"shard": 0, "shards": 1}}. Not part of the API; a request from the gateway gets 404. */
@Path("/internal/sweeps")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SweepsResource {
    private final Sweep sweep;
    private final JsonBody bodies;
    private final Invocation invocation;
    private final SeaConfig config;

    /**
     * Which share is due.
     *
     * @param shard from 0
     * @param shards how many there are; absent: as many as are configured
     */
    @RegisterForReflection
    record Tick(
            @NotNull @Range(max = DuePartition.COUNT - 1, message = RANGE)
            Integer shard,

            @Range(min = 1, max = DuePartition.COUNT, message = RANGE) @Nullable
            Integer shards) {
        private static final String RANGE = "This member must be from {min} to {max}.";
    }

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
                shard(bodies.read(body, Tick.class)),
                invocation.timeLeft().orElse(config.schedule().timeLimit()));
    }

    private Shard shard(Tick tick) {
        int shards = tick.shards() == null ? config.schedule().shards() : tick.shards();
        if (tick.shard() >= shards) {
            throw QueryParameters.refused("/shard", "OUT_OF_RANGE", "This member must be less than shards.");
        }
        return new Shard(tick.shard(), shards);
    }
}
