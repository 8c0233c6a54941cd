package dev.sea.integrations.schedule;

import dev.sea.integrations.SeaConfig;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A tick a minute in development, where there is no EventBridge Scheduler. */
@IfBuildProfile("dev")
@ApplicationScoped
public class DevelopmentSweeps {
    private static final Duration TICK = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(DevelopmentSweeps.class);

    private final Sweep sweep;
    private final SeaConfig config;
    private volatile @Nullable Thread ticks;

    public DevelopmentSweeps(Sweep sweep, SeaConfig config) {
        this.sweep = sweep;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        ticks = Thread.ofVirtual().name("development-sweeps").start(this::tick);
    }

    void stop(@Observes ShutdownEvent event) {
        Thread running = ticks;
        if (running != null) {
            running.interrupt();
        }
    }

    private void tick() {
        while (true) {
            try {
                Thread.sleep(TICK);
                for (int shard = 0; shard < config.schedule().shards(); shard++) {
                    sweep.run(
                            new Shard(shard, config.schedule().shards()),
                            config.schedule().timeLimit());
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                LOG.warn("the sweep failed; the next tick tries again", failure);
            }
        }
    }
}
