package dev.sea.integrations.start;

import dev.sea.integrations.RuleViolation;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.aws.RoleName;
import dev.sea.integrations.table.DuePartition;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Stops the start if a configured value cannot be right, with a sentence for each that names it. */
@Startup
@ApplicationScoped
public class ConfigRules {
    /** Leaves room for one character at least. */
    private static final Pattern ROLE_NAME_PREFIX =
            Pattern.compile(RoleName.CHARACTER + "{1," + (RoleName.MAX_LENGTH - 1) + "}");

    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final Pattern EVENT_BUS = Pattern.compile("[A-Za-z0-9/_.-]{1,256}");
    private static final Pattern SECRETS_PREFIX = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,200}[^/]");
    private static final int MOST_PORTS = 65_535;

    private final SeaConfig config;

    public ConfigRules(SeaConfig config) {
        this.config = config;
    }

    @PostConstruct
    void check() {
        List<String> broken = broken();
        if (!broken.isEmpty()) {
            throw new IllegalStateException("Wrong configuration: " + String.join(" ", broken));
        }
    }

    List<String> broken() {
        List<String> broken = new ArrayList<>();
        matches(broken, "sea.role-name-prefix", config.roleNamePrefix(), ROLE_NAME_PREFIX);
        matches(broken, "sea.table", config.table(), TABLE);
        matches(broken, "sea.event-bus", config.eventBus(), EVENT_BUS);
        matches(broken, "sea.secrets-prefix", config.secretsPrefix(), SECRETS_PREFIX);
        keepsRules(broken, "sea.region", config.region(), AwsRegion::new);
        config.gatewayRoleArn().ifPresent(arn -> keepsRules(broken, "sea.gateway-role-arn", arn, RoleArn::new));
        config.secretsKey().ifPresent(arn -> keepsRules(broken, "sea.secrets-key", arn, KmsKeyArn::new));
        notBlank(broken, "sea.stage", config.stage());
        notBlank(broken, "sea.security.tenant-claim", config.security().tenantClaim());
        notBlank(broken, "sea.security.roles-claim", config.security().rolesClaim());
        SeaConfig.Validation validation = config.validation();
        // API Gateway gives up after 30 s.
        between(broken, "sea.validation.budget", validation.budget(), Duration.ofSeconds(1), Duration.ofSeconds(25));
        between(
                broken,
                "sea.validation.call-timeout",
                validation.callTimeout(),
                Duration.ofMillis(100),
                validation.budget());
        between(
                broken,
                "sea.validation.propagation-window",
                validation.propagationWindow(),
                Duration.ZERO,
                Duration.ofMinutes(15));
        between(
                broken,
                "sea.validation.propagation-patience",
                validation.propagationPatience(),
                Duration.ZERO,
                validation.budget());
        between(
                broken,
                "sea.activation.max-report-age",
                config.activation().maxReportAge(),
                Duration.ZERO,
                Duration.ofDays(1));
        between(
                broken,
                "sea.external-id.reservation",
                config.externalId().reservation(),
                Duration.ofMinutes(1),
                Duration.ofDays(30));
        between(broken, "sea.limits.integrations", config.limits().integrations(), 1, 1_000_000);
        // Each of them is read when a tenant has no place left.
        between(broken, "sea.limits.reserved-external-ids", config.limits().reservedExternalIds(), 1, 100);
        between(broken, "sea.limits.validations-per-minute", config.limits().validationsPerMinute(), 0, 1_000_000);
        config.limits()
                .draftValidationsPerMinute()
                .ifPresent(limit -> between(broken, "sea.limits.draft-validations-per-minute", limit, 0, 1_000_000));
        between(broken, "sea.limits.validations-at-a-time", config.limits().validationsAtATime(), 0, 1_000);
        // The set of a tenant and account is one item.
        between(broken, "sea.limits.external-ids-per-account", config.limits().externalIdsPerAccount(), 0, 1_000);
        // An hour at most for a secret that nothing points to, the time until the next sweep included.
        between(broken, "sea.clean-up.age", config.cleanUp().age(), Duration.ofMinutes(1), Duration.ofMinutes(55));
        SeaConfig.Schedule schedule = config.schedule();
        interval(broken, "sea.schedule.healthy-interval", schedule.healthyInterval());
        interval(broken, "sea.schedule.unknown-interval", schedule.unknownInterval());
        schedule.failureIntervals().forEach(interval -> interval(broken, "sea.schedule.failure-intervals", interval));
        schedule.propagatingIntervals()
                .forEach(interval -> interval(broken, "sea.schedule.propagating-intervals", interval));
        between(broken, "sea.schedule.unhealthy-after", schedule.unhealthyAfter(), 1, 100);
        interval(broken, "sea.schedule.full-interval", schedule.fullInterval());
        // A healthy integration is proved once in an interval. Of two, one may be lost.
        between(
                broken,
                "sea.schedule.stale-after",
                schedule.staleAfter(),
                schedule.healthyInterval().multipliedBy(2),
                Duration.ofDays(30));
        // A lease must outlive a validation of 25 s, even by a clock that is a minute ahead.
        between(broken, "sea.schedule.lease", schedule.lease(), Duration.ofSeconds(100), Duration.ofHours(1));
        between(broken, "sea.schedule.shards", schedule.shards(), 1, DuePartition.COUNT);
        between(broken, "sea.schedule.concurrency", schedule.concurrency(), 1, 1_000);
        between(
                broken,
                "sea.schedule.time-limit",
                schedule.timeLimit(),
                Duration.ofSeconds(40),
                Duration.ofMinutes(15));
        between(broken, "sea.local-aws.port", config.localAws().port(), 1, MOST_PORTS);
        return broken;
    }

    private static void matches(List<String> broken, String name, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            broken.add(name + " is '" + value + "', which does not match " + pattern + ".");
        }
    }

    private static void keepsRules(List<String> broken, String name, String value, Consumer<String> rules) {
        try {
            rules.accept(value);
        } catch (RuleViolation violation) {
            broken.add(name + " is '" + value + "'. " + violation.getMessage());
        }
    }

    private static void notBlank(List<String> broken, String name, String value) {
        if (value.isBlank()) {
            broken.add(name + " is blank.");
        }
    }

    private static void interval(List<String> broken, String name, Duration value) {
        between(broken, name, value, Duration.ofSeconds(1), Duration.ofDays(7));
    }

    private static <T extends Comparable<T>> void between(List<String> broken, String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            broken.add(name + " is " + value + ", which is not between " + least + " and " + most + ".");
        }
    }
}
