package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.input.DraftReader;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.store.Items;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** On the beans, since the event server of tests takes one event at a time. */
@QuarkusTest
class ConcurrencyTest {
    private static final int THREADS = 8;
    private final String tenant = Gateway.freshTenant();
    private final Actor actor = new Actor(new Tenant(tenant), "ada", "192.0.2.1", "request-1");

    @Inject
    Creation creation;

    @Inject
    IntegrationStore store;

    @Inject
    Activation activation;

    @Inject
    HealthRecords records;

    @Inject
    DraftReader reader;

    @Test
    void ofManyThatWantOneNameOneGetsIt() throws Exception {
        NewIntegration wanted = reader.newIntegration(Drafts.keys().bytes());

        List<String> outcomes = atOnce(_ -> () -> creation.create(actor, wanted, false, creation.newId()));

        assertThat(outcomes).containsOnlyOnce("Created").hasSize(THREADS);
        assertThat(outcomes.stream().filter("NameTaken"::equals)).hasSize(THREADS - 1);
        assertThat(Items.count(tenant)).isEqualTo(1);
        assertThat(Items.secrets(tenant)).hasSize(1);
        assertThat(Items.markers(tenant)).isEmpty();
    }

    @Test
    void manyWithNamesOfTheirOwnAllGetIn() throws Exception {
        List<String> outcomes = atOnce(i -> () -> creation.create(
                actor,
                reader.newIntegration(
                        Drafts.keys().setText("/name", "Plant " + i).bytes()),
                false,
                creation.newId()));

        assertThat(outcomes).hasSize(THREADS).containsOnly("Created");
        assertThat(Items.count(tenant)).isEqualTo(THREADS);
    }

    @Test
    void manyActivationsAreOne() throws Exception {
        NewIntegration wanted =
                reader.newIntegration(Drafts.of(Customer.healthy(), "Plant 7").bytes());
        IntegrationId id = creation.create(actor, wanted, true, creation.newId())
                .integration()
                .id();

        assertThat(atOnce(_ -> () -> activation.activate(actor, id))).containsOnly("Integration");
        assertThat(store.get(actor.tenant(), id).version()).isEqualTo(2);
    }

    @Test
    void everyFailureCountsThoughManyAreFoundAtOnce() throws Exception {
        IntegrationId id = stored();
        Integration integration = store.get(actor.tenant(), id);

        atOnce(_ -> () -> records.record(integration, HealthRulesTest.proof("UNHEALTHY")));

        assertThat(store.get(actor.tenant(), id).health().failures()).isEqualTo(THREADS);
    }

    @Test
    void aReportOnAnotherVersionIsDiscarded() throws Exception {
        NewIntegration wanted =
                reader.newIntegration(Drafts.of(Customer.healthy(), "Plant 7").bytes());
        Integration before =
                creation.create(actor, wanted, true, creation.newId()).integration();
        Integration active = activation.activate(actor, before.id());

        records.record(before, HealthRulesTest.proof("UNHEALTHY"));

        assertThat(store.get(actor.tenant(), before.id())).isEqualTo(active);
    }

    @Test
    void aReportOnWhatIsGoneMakesNoGhost() throws Exception {
        IntegrationId id = stored();
        Integration integration = store.get(actor.tenant(), id);
        Items.delete(tenant, id);

        assertThat(records.record(integration, HealthRulesTest.proof("HEALTHY")))
                .isEmpty();
        assertThat(Items.integration(tenant, id.value())).isEmpty();
    }

    private IntegrationId stored() {
        NewIntegration wanted = reader.newIntegration(Drafts.keys().bytes());
        return creation.create(actor, wanted, false, creation.newId())
                .integration()
                .id();
    }

    /** Names of what came back or was thrown, one a thread. */
    private static List<String> atOnce(IntFunction<Callable<?>> work) throws InterruptedException {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        List<Future<?>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                Callable<?> one = work.apply(i);
                futures.add(threads.submit(() -> {
                    barrier.await();
                    return one.call();
                }));
            }
        }
        List<String> outcomes = new ArrayList<>();
        for (Future<?> future : futures) {
            try {
                outcomes.add(future.get().getClass().getSimpleName());
            } catch (ExecutionException e) {
                outcomes.add(e.getCause() == null ? "" : e.getCause().getClass().getSimpleName());
            }
        }
        return outcomes;
    }
}
