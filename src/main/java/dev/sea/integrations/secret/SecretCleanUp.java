package dev.sea.integrations.secret;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.secret.SecretMarkerStore.Marker;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Deletes the secrets that crashed requests left behind, by their markers. Only touches markers older than {@code
 * sea.clean-up.age}: a younger one may belong to a request that still runs. A request ends with its Lambda invocation (29 s)
 * and the calls that Secrets Manager may still carry out for it.
 */
@ApplicationScoped
public class SecretCleanUp {
    /** Partitions of markers, a fixed number; each is cleaned up by itself. */
    public static final int PARTITIONS = SecretMarkerStore.PARTITIONS;

    private static final Logger LOG = Logger.getLogger(SecretCleanUp.class);

    private final SecretMarkerStore markers;
    private final Secrets secrets;
    private final SeaConfig config;
    private final InstantSource time;

    SecretCleanUp(SecretMarkerStore markers, Secrets secrets, SeaConfig config, InstantSource time) {
        this.markers = markers;
        this.secrets = secrets;
        this.config = config;
        this.time = time;
    }

    /** What became of the markers that were old enough. Those {@code left} are tried again next time. */
    public record Result(int removed, int left) {
        Result plus(Result other) {
            return new Result(removed + other.removed, left + other.left);
        }
    }

    public Result all() {
        Result result = new Result(0, 0);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            result = result.plus(partition(partition));
        }
        return result;
    }

    /** One Query, and four calls for each old marker. A failure of one stops no other. */
    public Result partition(int partition) {
        Instant before = time.instant().minus(config.cleanUp().age());
        int removed = 0;
        int left = 0;
        for (Marker marker : markers.olderThan(before, partition)) {
            try {
                secrets.cleanUp(marker.secretName(), marker.used());
                removed++;
            } catch (RuntimeException failure) {
                LOG.warnf(failure, "a secret of partition %d could not be removed; it is tried again", partition);
                left++;
            }
        }
        return new Result(removed, left);
    }
}
