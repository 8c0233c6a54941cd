package dev.sea.integrations.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Outage;
import dev.sea.integrations.testing.Scheduler;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever fails, nothing is lost, nobody is called unhealthy for it, and nobody else is late. */
@QuarkusTest
class SweepFaultsTest {
    private static final int ALWAYS = 1_000;

    @Inject
    TestClock clock;

    @BeforeEach
    void nothingElseIsDue() {
        Monitored.forgetOthers();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void whatASweepThatDiedHadTakenIsDueAgainWhenItsLeaseEnds() {
        List<Monitored> integrations = due(2);
        try (LocalAws.Fault _ = deathAfterTheLeaseOf(integrations.getFirst())) {
            assertThat(Scheduler.tick().path("validated").asInt()).isEqualTo(1);
        }
        assertThat(integrations.getFirst().item()).containsKey("lease");

        clock.advance(Duration.ofMinutes(1));
        assertThat(Scheduler.tick().path("due").asInt()).as("the lease holds").isZero();
        clock.advance(Duration.ofSeconds(61));
        assertThat(Scheduler.tick().path("validated").asInt()).isEqualTo(1);
        assertThat(integrations.getFirst().item()).doesNotContainKey("lease");
        assertThat(integrations.getFirst().status()).isEqualTo("HEALTHY");
    }

    @Test
    void changingTheNumberOfShardsLosesNothingAndRepeatsNothing() {
        List<Monitored> integrations = due(6);

        int validated = Scheduler.tick(0, 2).path("validated").asInt();
        for (int shard = 0; shard < 4; shard++) {
            validated += Scheduler.tick(shard, 4).path("validated").asInt();
        }

        assertThat(validated).isEqualTo(6);
        assertThat(integrations).allMatch(it -> it.isDueInAnHour(clock.instant()));
    }

    @Test
    void aThrottledTableIsTriedAgain() {
        Monitored integration = due(1).getFirst();
        try (LocalAws.Fault _ = LocalAws.faultOnBody("throttle", "dynamodb", "UpdateItem", integration.id(), 2)) {
            assertThat(integration.sweep().path("validated").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aTableThatThrottlesOnLeavesEverythingDueAndNobodyUnhealthy() {
        Monitored integration = due(1).getFirst();
        long due = integration.dueAt();
        try (var _ = Outage.of("throttle", "DynamoDb", Set.of("UpdateItem"), integration.id())) {
            assertThat(integration.sweep().path("failed").asInt()).isEqualTo(1);
        }

        assertThat(integration.dueAt()).isEqualTo(due);
        assertThat(integration.status()).isEqualTo("HEALTHY");
        assertThat(integration.sweep().path("validated").asInt()).isEqualTo(1);
    }

    @Test
    void answersOfTheTableThatGotLostChangeNothing() {
        Monitored integration = due(1).getFirst();
        integration.customer().withoutPermissions();
        try (LocalAws.Fault _ = LocalAws.faultOnBody("lost-answer", "dynamodb", "UpdateItem", integration.id(), 1);
                LocalAws.Fault _ =
                        LocalAws.faultOnBody("lost-answer", "dynamodb", "TransactWriteItems", integration.id(), 1)) {
            assertThat(integration.sweep().path("validated").asInt()).isEqualTo(1);
        }

        assertThat(integration.status()).isEqualTo("DEGRADED");
        assertThat(integration.events().stream().map(event -> event.path("to").asText()))
                .containsExactly("HEALTHY", "DEGRADED");
    }

    @Test
    void whileStsThrottlesNobodyBecomesUnhealthy() {
        Monitored integration = due(1).getFirst();
        long events = integration.events().size();
        try (LocalAws.Fault _ = LocalAws.fault(
                "throttle",
                "sts",
                "AssumeRole",
                Map.of("roleArn", integration.customer().name("roleArn")),
                ALWAYS)) {
            for (int i = 0; i < 4; i++) {
                assertThat(integration.sweep().path("unknown").asInt()).isEqualTo(1);
                assertThat(Duration.ofMillis(integration.dueAt() - clock.millis()))
                        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
                clock.advance(Duration.ofMinutes(6));
            }
        }

        assertThat(integration.status()).isEqualTo("HEALTHY");
        assertThat(integration.events()).hasSize((int) events);
        assertThat(integration.sweep().path("unknown").asInt()).isZero();
    }

    @Test
    void oneBucketThatHangsMakesNobodyElseLate() {
        List<Monitored> integrations = due(5);
        Monitored hanging = integrations.getFirst();
        long since = System.currentTimeMillis();
        try (LocalAws.Fault _ = LocalAws.fault(
                "hang", "s3", "*", Map.of("bucket", hanging.customer().name("bucket")), ALWAYS)) {
            assertThat(Scheduler.tick().path("validated").asInt()).isEqualTo(5);
        }
        double swept = System.currentTimeMillis();

        assertThat(hanging.status()).isEqualTo("HEALTHY");
        assertThat(hanging.dueAt())
                .isLessThan(clock.instant().plus(Duration.ofMinutes(5)).toEpochMilli());
        assertThat(integrations.subList(1, 5))
                .allSatisfy(it -> assertThat(it.calls(since, "GetObject"))
                        .first()
                        .satisfies(call -> assertThat(swept - call.end())
                                .as("ms before the hanging one was given up")
                                .isGreaterThan(1_000)));
    }

    /** As many as asked, their time come. */
    private List<Monitored> due(int count) {
        List<Monitored> integrations = Stream.generate(() -> Monitored.active(Customer.healthy()))
                .limit(count)
                .toList();
        clock.advance(Duration.ofMinutes(67));
        return integrations;
    }

    /** What a sweep that dies leaves is what one leaves that breaks: the read behind the lease fails. */
    private static LocalAws.Fault deathAfterTheLeaseOf(Monitored integration) {
        return LocalAws.faultOnBody("error", "dynamodb", "GetItem", integration.claim(), ALWAYS);
    }
}
