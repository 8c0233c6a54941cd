package dev.sea.integrations.start;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jboss.logging.Logger;

/**
 * Warms the function up before Lambda takes the snapshot from which it will start. It fails no deployment: a function
 * that could not be warmed up only starts as slowly as before. Nothing has to be done after a restore, since connections
 * that have been idle for so long are not used again, and credentials expire by the clock.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime hooks for SnapStart</a>
 */
@ApplicationScoped
public class Snapshot implements Resource {
    /** Lambda says so in the environment; asked first, since CRaC's own classes are loaded in vain everywhere else. */
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
            LOG.warn("the snapshot is taken of a function that is not warmed up", failure);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {}
}
