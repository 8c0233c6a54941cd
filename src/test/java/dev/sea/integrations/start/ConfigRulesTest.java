package dev.sea.integrations.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sea.integrations.SeaConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigRulesTest {
    private static final Map<String, String> RIGHT = Map.of(
            "sea.function", "api",
            "sea.stage", "prod",
            "sea.table", "prod-sea-external-integrations",
            "sea.event-bus", "prod-sea-external-integrations",
            "sea.secrets-prefix", "prod/sea-external-integrations",
            "sea.region", "eu-west-1");

    @Test
    void theDefaultsAreAccepted() {
        assertThat(new ConfigRules(with(Map.of())).broken()).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "sea.role-name-prefix | SEA ext",
                "sea.gateway-role-arn | arn:aws:iam::111122223333:user/sea",
                "sea.table | t",
                "sea.secrets-prefix | prod/sea/",
                "sea.secrets-key | alias/aws/secretsmanager",
                "sea.region | eu-west",
                "sea.validation.budget | 26s",
                "sea.validation.budget | 0s",
                "sea.validation.call-timeout | 11s",
                "sea.validation.propagation-window | 16m",
                "sea.validation.propagation-patience | 11s",
                "sea.activation.max-report-age | 25h",
                "sea.limits.integrations | 0",
                "sea.limits.reserved-external-ids | 101",
                "sea.limits.validations-per-minute | -1",
                "sea.limits.draft-validations-per-minute | -1",
                "sea.limits.validations-at-a-time | 1001",
                "sea.limits.external-ids-per-account | -1",
                "sea.external-id.reservation | 59s",
                "sea.schedule.healthy-interval | 0s",
                "sea.schedule.failure-intervals | 5m,0s",
                "sea.schedule.propagating-intervals | 8d",
                "sea.schedule.unknown-interval | 0s",
                "sea.schedule.unhealthy-after | 0",
                "sea.event-bus | bus one",
                "sea.schedule.full-interval | 8d",
                "sea.schedule.stale-after | 119m",
                "sea.schedule.stale-after | 31d",
                "sea.schedule.lease | 1m",
                "sea.schedule.shards | 65",
                "sea.schedule.concurrency | 0",
                "sea.schedule.time-limit | 5s",
                "sea.local-aws.port | 65536",
            })
    void aWrongValueStopsTheStartWithASentenceThatNamesIt(String name, String value) {
        ConfigRules rules = new ConfigRules(with(Map.of(name, value)));

        assertThat(rules.broken()).first().asString().startsWith(name + " ");
        assertThatThrownBy(rules::check).hasMessageStartingWith("Wrong configuration: " + name + " ");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        ConfigRules rules = new ConfigRules(with(Map.of("sea.table", "t", "sea.validation.budget", "1h")));

        assertThat(rules.broken()).hasSize(2);
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({"sea.validation.budget, soon", "sea.limits.integrations, many", "sea.function, everything"})
    void aValueOfTheWrongKindStopsTheStartNamingTheProperty(String name, String value) {
        assertThatThrownBy(() -> with(Map.of(name, value))).hasMessageContaining(name);
    }

    private static SeaConfig with(Map<String, String> changes) {
        Map<String, String> values = new HashMap<>(RIGHT);
        values.putAll(changes);
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SeaConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(SeaConfig.class);
    }
}
