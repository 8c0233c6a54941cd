package dev.sea.integrations.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sea.integrations.SeaConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidatorImpl;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static final Map<String, String> RIGHT = Map.of(
            "sea.function", "api",
            "sea.stage", "prod",
            "sea.table", "prod-sea-external-integrations",
            "sea.event-bus", "prod-sea-external-integrations",
            "sea.secrets-prefix", "prod/sea-external-integrations",
            "sea.region", "eu-west-1");

    @Test
    void theDefaultsAreAccepted() {
        assertThat(with(Map.of()).getConfigMapping(SeaConfig.class).validation().budget())
                .isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "sea.role-name-prefix | SEA ext | must match",
                "sea.gateway-role-arn | arn:aws:iam::111122223333:user/sea | A role ARN has the form",
                "sea.table | t | must match",
                "sea.secrets-prefix | prod/sea/ | must match",
                "sea.secrets-key | alias/aws/secretsmanager | A KMS key ARN has the form",
                "sea.region | eu-west | Enter the code of a region",
                "sea.validation.budget | 26s | PT25S",
                "sea.validation.budget | 0s | PT1S",
                "sea.validation.call-timeout | 11s | at most sea.validation.budget",
                "sea.validation.propagation-window | 16m | PT15M",
                "sea.validation.propagation-patience | 11s | at most sea.validation.budget",
                "sea.activation.max-report-age | 25h | P1D",
                "sea.limits.integrations | 0 | between 1 and",
                "sea.limits.reserved-external-ids | 101 | 100",
                "sea.limits.validations-per-minute | -1 | between 0 and",
                "sea.limits.draft-validations-per-minute | -1 | between 0 and",
                "sea.limits.validations-at-a-time | 1001 | 1000",
                "sea.limits.external-ids-per-account | -1 | between 0 and",
                "sea.external-id.reservation | 59s | PT1M",
                "sea.schedule.healthy-interval | 0s | PT1S",
                "sea.schedule.failure-intervals | 5m,0s | PT1S",
                "sea.schedule.propagating-intervals | 8d | P7D",
                "sea.schedule.unknown-interval | 0s | PT1S",
                "sea.schedule.unhealthy-after | 0 | between 1 and",
                "sea.event-bus | bus one | must match",
                "sea.schedule.full-interval | 8d | P7D",
                "sea.schedule.stale-after | 119m | twice sea.schedule.healthy-interval",
                "sea.schedule.stale-after | 31d | P30D",
                "sea.schedule.lease | 1m | PT1M40S",
                "sea.schedule.shards | 65 | 64",
                "sea.schedule.concurrency | 0 | between 1 and",
                "sea.schedule.time-limit | 5s | PT40S",
                "sea.playback.origin | https://sea.example.com/ | must match",
                "sea.playback.origin | https://SEA.example.com | must match",
                "sea.playback.origin | https://sea.example.com:443 | must match",
                "sea.playback.origin | http://localhost:80 | must match",
                "sea.playback.origin | * | must match",
                "sea.clean-up.age | 56m | PT55M",
                "sea.local-aws.port | 65536 | 65535",
            })
    void aWrongValueStopsTheStartWithASentenceThatNamesItAndTheRule(String name, String value, String rule) {
        assertThatThrownBy(() -> with(Map.of(name, value))).hasMessageContainingAll(name, rule);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> with(Map.of("sea.table", "t", "sea.region", "eu-west", "sea.validation.budget", "1h")))
                .hasMessageContainingAll("sea.table ", "sea.region ", "sea.validation.budget ");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({"sea.validation.budget, soon", "sea.limits.integrations, many", "sea.function, everything"})
    void aValueOfTheWrongKindStopsTheStartNamingTheProperty(String name, String value) {
        assertThatThrownBy(() -> with(Map.of(name, value))).hasMessageContaining(name);
    }

    private static SmallRyeConfig with(Map<String, String> changes) {
        Map<String, String> values = new HashMap<>(RIGHT);
        values.putAll(changes);
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SeaConfig.class)
                .withMapping(AwsConfig.class)
                .withValidator(new BeanValidationConfigValidatorImpl())
                .withDefaultValues(values)
                .build();
    }
}
