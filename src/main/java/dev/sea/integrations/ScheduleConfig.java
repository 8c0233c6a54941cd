package dev.sea.integrations;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.Range;

/** When health is checked next, and when failures count: the properties {@code sea.schedule.*}. */
@InProportion(message = "needs a sea.schedule.stale-after of at least twice sea.schedule.healthy-interval")
public interface ScheduleConfig {
    /** Time to the next check of a healthy integration. */
    @WithDefault("60m")
    @Lasting(least = "PT1S", most = "P7D")
    Duration healthyInterval();

    /** Time to the next check after the first failure in a row, the second, and so on; the last one repeats. */
    @WithDefault("5m,10m,20m,40m,60m")
    List<@Lasting(least = "PT1S", most = "P7D") Duration> failureIntervals();

    /** The same while a denial may come from IAM's own delay. */
    @WithDefault("30s,1m,2m,5m")
    List<@Lasting(least = "PT1S", most = "P7D") Duration> propagatingIntervals();

    /** Time to the next check after one that learned nothing. */
    @WithDefault("5m")
    @Lasting(least = "PT1S", most = "P7D")
    Duration unknownInterval();

    /** Failures in a row that make an active integration unhealthy. */
    @WithDefault("3")
    @Range(min = 1, max = 100)
    int unhealthyAfter();

    /** Time between two full validations of a healthy integration by the schedule; those in between are light. */
    @WithDefault("24h")
    @Lasting(least = "PT1S", most = "P7D")
    Duration fullInterval();

    /** How long after the last proof that learned something an active integration counts as stale. */
    @WithDefault("6h")
    @Lasting(least = "PT1S", most = "P30D")
    Duration staleAfter();

    /** How long an integration belongs to the sweep that took it. If the sweep dies, it is due again afterwards. */
    @WithDefault("2m")
    // A lease must outlive a validation of 25 s, even by a clock that is a minute ahead.
    @Lasting(least = "PT1M40S", most = "PT1H")
    Duration lease();

    /** The number of shards of the due integrations, for a sweep whose request does not tell. */
    @WithDefault("1")
    // As many as the due index has partitions.
    @Range(min = 1, max = 64)
    int shards();

    /** Validations that one sweep runs at the same time. */
    @WithDefault("32")
    @Range(min = 1, max = 1_000)
    int concurrency();

    /** Time for one sweep outside Lambda, whose deadline is used otherwise. */
    @WithDefault("50s")
    @Lasting(least = "PT40S", most = "PT15M")
    Duration timeLimit();
}
