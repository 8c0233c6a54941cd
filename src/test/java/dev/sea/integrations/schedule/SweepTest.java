package dev.sea.integrations.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Scheduler;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SweepTest {
    @Inject
    TestClock clock;

    @Inject
    Sweep sweep;

    @BeforeEach
    void nothingElseIsDue() {
        Monitored.forgetOthers();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void whatIsNotDueIsLeftAlone() {
        Monitored integration = Monitored.active(Customer.healthy());

        assertThat(Scheduler.tick().path("due").asInt()).isZero();
        assertThat(integration.item()).doesNotContainKey("lease");
    }

    @Test
    void whatIsDueIsValidatedAndDueAgainAnHourLater() {
        Monitored integration = Monitored.active(Customer.healthy());
        clock.advance(Duration.ofMinutes(70));

        JsonNode swept = integration.sweep();

        assertThat(swept.path("due").asInt()).isEqualTo(1);
        assertThat(swept.path("claimed").asInt()).isEqualTo(1);
        assertThat(swept.path("validated").asInt()).isEqualTo(1);
        assertThat(swept.path("failed").asInt()).isZero();
        assertThat(swept.path("oldestDueSeconds").asInt()).isBetween(3 * 60, 17 * 60);
        JsonNode health = integration.shown().path("health");
        assertThat(health.path("status").asText()).isEqualTo("HEALTHY");
        assertThat(Duration.between(Instant.parse(health.path("checkedAt").asText()), clock.instant()))
                .isLessThan(Duration.ofMinutes(1));
        assertThat(Duration.between(
                        clock.instant(),
                        Instant.parse(health.path("nextCheckAt").asText())))
                .isBetween(Duration.ofMinutes(53), Duration.ofMinutes(66));
        assertThat(integration.item()).doesNotContainKey("lease");
        assertThat(integration.shown().path("version").asInt()).isEqualTo(2);
        assertThat(integration.sweep().path("due").asInt()).isZero();
    }

    @Test
    void whatIsInactiveIsNotSwept() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.admin().post(integration.path() + "/deactivate", null);
        clock.advance(Duration.ofHours(2));

        assertThat(integration.sweep().path("due").asInt()).isZero();
    }

    @Test
    void withoutTimeItTakesNothingAndTellsWhatItLeaves() {
        Monitored integration = Monitored.active(Customer.healthy());
        clock.advance(Duration.ofMinutes(70));

        SweepReport report = sweep.run(new Shard(0, 1), Duration.ofSeconds(20));

        assertThat(report.claimed()).isZero();
        assertThat(report.leftOver()).isEqualTo(1);
        assertThat(integration.item()).doesNotContainKey("lease");
    }

    @Test
    void whateverTheNumberOfShardsEachPartitionIsInJustOne() {
        for (int shards : new int[] {1, 2, 3, 7, 8, 64}) {
            int[] seen = new int[64];
            for (int shard = 0; shard < shards; shard++) {
                new Shard(shard, shards).partitions().forEach(partition -> seen[partition]++);
            }
            assertThat(seen).as(shards + " shards").containsOnly(1);
        }
    }
}
