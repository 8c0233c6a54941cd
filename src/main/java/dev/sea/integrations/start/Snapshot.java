package dev.sea.integrations.start;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jboss.logging.Logger;

/**
 * Runs the {@link Rehearsal} before Lambda takes the snapshot from which the function starts. If the rehearsal fails, the
 * deployment goes on, and the function starts as slowly as without it. A restored function has nothing to do: the SDK drops
 * connections that were idle for so long, and credentials expire by the clock.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime hooks for SnapStart</a>
 */
@ApplicationScoped
public class Snapshot implements Resource {
    /** Lambda's environment variable. Checked first, so that other processes do not load CRaC's classes. */
    private static final String KIND_OF_START = "AWS_LAMBDA_INITIALIZATION_TYPE";

    private static final String SNAP_START = "snap-start";
    private static final Logger LOG = Logger.getLogger(Snapshot.class);

    private final Rehearsal rehearsal;

    public Snapshot(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    void start(@Observes StartupEvent event) {
        if (SNAP_START.equals(System.getenv(KIND_OF_START))) {
            Core.getGlobalContext().register(this);
        }
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        try {
            rehearsal.run();
        } catch (Exception failure) {
            LOG.warn("the rehearsal failed, so the snapshot is of a function that is not warmed up", failure);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {}
}
