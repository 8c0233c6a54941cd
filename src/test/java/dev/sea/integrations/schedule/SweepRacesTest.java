package dev.sea.integrations.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.Parked;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What others do while a sweep is at work. */
@QuarkusTest
class SweepRacesTest {
    private static final Shard ALL = new Shard(0, 1);
    private static final Duration TIME = Duration.ofSeconds(50);

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
    void twoSweepsOfOneShardValidateEachOnce() {
        List<Monitored> integrations = Stream.generate(() -> Monitored.active(Customer.healthy()))
                .limit(6)
                .toList();
        clock.advance(Duration.ofMinutes(67));

        CompletableFuture<SweepReport> other = CompletableFuture.supplyAsync(() -> sweep.run(ALL, TIME));
        SweepReport one = sweep.run(ALL, TIME);

        assertThat(one.validated() + other.join().validated()).isEqualTo(6);
        assertThat(one.failed() + other.join().failed()).isZero();
        assertThat(integrations).allMatch(it -> it.isDueInAnHour(clock.instant()));
    }

    @Test
    void aSweepWhoseClockIsAMinuteAheadTakesNothingTwice() {
        Monitored integration = failing();

        SweepReport first = whileSweeping(integration, () -> {
            clock.advance(Duration.ofMinutes(1));
            assertThat(sweep.run(ALL, TIME).claimed()).isZero();
        });

        assertThat(first.validated()).isEqualTo(1);
        assertThat(integration.status()).isEqualTo("DEGRADED");
    }

    @Test
    void anIntegrationDeletedMeanwhileStaysDeleted() {
        Monitored integration = failing();

        SweepReport report = whileSweeping(
                integration,
                () -> Account.SERVICE
                        .dynamoDb()
                        .deleteItem(request -> request.tableName("local-sea-external-integrations")
                                .key(StoredData.key(integration.tenant(), integration.id()))));

        assertThat(report.discarded()).isEqualTo(1);
        assertThat(integration.item()).isEmpty();
        assertThat(integration.events())
                .extracting(event -> event.path("to").asText())
                .containsExactly("HEALTHY");
    }

    @Test
    void anIntegrationDeactivatedMeanwhileKeepsItsHealth() {
        Monitored integration = failing();

        SweepReport report =
                whileSweeping(integration, () -> integration.admin().post(integration.path() + "/deactivate", null));

        assertThat(report.discarded()).isEqualTo(1);
        assertThat(integration.status()).isEqualTo("HEALTHY");
        assertThat(integration.shown().path("state").asText()).isEqualTo("INACTIVE");
        assertThat(integration.item()).doesNotContainKeys("dueAt", "duePartition", "lease");
        assertThat(integration.events()).hasSize(1);
    }

    @Test
    void anIntegrationEditedMeanwhileGetsNoStaleHealth() {
        Monitored integration = failing();

        SweepReport report =
                whileSweeping(integration, () -> integration.overwrite("version", AttributeValue.fromN("3")));

        assertThat(report.discarded()).isEqualTo(1);
        assertThat(integration.status()).isEqualTo("HEALTHY");
        assertThat(integration.events()).hasSize(1);
    }

    @Test
    void aValidationOnDemandMeanwhileIsTheNewerWord() {
        Monitored integration = failing();

        SweepReport report = whileSweeping(integration, () -> {
            integration.customer().withPermissions(Customer.PERMISSIONS);
            integration.admin().post(integration.path() + "/validations", null);
        });

        assertThat(report.discarded()).isEqualTo(1);
        assertThat(integration.status()).isEqualTo("HEALTHY");
        assertThat(integration.dueAt())
                .as("the schedule's own validation, which a click never moves to a later time")
                .isLessThan(clock.millis());
    }

    /** One whose time has come and whose permissions are gone. */
    private Monitored failing() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.customer().withoutPermissions();
        clock.advance(Duration.ofMinutes(67));
        return integration;
    }

    /** Sweeps, and does something when the sweep has been refused by the bucket but has not recorded it yet. */
    private SweepReport whileSweeping(Monitored integration, Runnable action) {
        try (Parked record = Parked.next("TransactWriteItems", integration.id())) {
            // The common pool has one thread on two processors, and the tests' HTTP client needs it.
            CompletableFuture<SweepReport> sweeping =
                    CompletableFuture.supplyAsync(() -> sweep.run(ALL, TIME), Thread::startVirtualThread);
            record.await();
            action.run();
            record.close();
            return sweeping.join();
        }
    }
}
