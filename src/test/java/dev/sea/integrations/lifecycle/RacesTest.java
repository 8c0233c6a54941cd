package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.api.IdempotencyKey;
import dev.sea.integrations.api.RecordedAnswer;
import dev.sea.integrations.api.RepeatableCreation;
import dev.sea.integrations.api.RequestInProgress;
import dev.sea.integrations.input.DraftReader;
import dev.sea.integrations.input.EditReader;
import dev.sea.integrations.input.IfMatch;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationFilter;
import dev.sea.integrations.integration.NoSuchIntegration;
import dev.sea.integrations.integration.OtherVersion;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.IntegrationListStore;
import dev.sea.integrations.store.IntegrationStore;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Interruption;
import dev.sea.integrations.testing.Interruption.Kind;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same change from several threads at once, on the use cases: the event server of the tests takes one at a time. */
@QuarkusTest
class RacesTest {
    private static final int THREADS = 4;

    @Inject
    Creation creation;

    @Inject
    RepeatableCreation repeatable;

    @Inject
    Editing editing;

    @Inject
    EditReader edits;

    @Inject
    Deletion deletion;

    @Inject
    DraftReader drafts;

    @Inject
    Validations validations;

    @Inject
    IntegrationStore store;

    @Inject
    IntegrationListStore list;

    @Inject
    TestClock clock;

    private Customer customer;
    private final Actor actor = new Actor(new Tenant(Gateway.freshTenant()), "ada", "198.51.100.7", "request");
    private final StoredData stored = new StoredData(actor.tenant().id());

    @BeforeEach
    void aCustomer() {
        customer = Customer.healthy().withUser(Customer.PERMISSIONS);
    }

    @AfterEach
    void backToTheRealTime() {
        clock.reset();
    }

    @Test
    void ofEditsOfOneVersionOneWinsAndNoSecretIsOrphaned() {
        Integration before = create();
        customer.withAnotherAccessKey();

        List<Object> results =
                atOnce(() -> edit(before, Drafts.keysOf(customer, "x").only("/access")));

        assertThat(results).filteredOn(Integration.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(OtherVersion.class::isInstance).hasSize(THREADS - 1);
        assertThat(stored.secrets()).hasSize(1);
        assertThat(stored.markers()).isEmpty();
        assertThat(stored.problems()).isEmpty();
        assertThat(find(before).version()).isEqualTo(2);
    }

    @Test
    void anEditIsNotOutrunByValidationsWhichWriteHealthAlone() {
        Integration before = create();
        List<Callable<Object>> work = new ArrayList<>(List.of(() -> edit(before, Drafts.patch("{\"name\": \"new\"}"))));
        for (int i = 1; i < THREADS; i++) {
            work.add(() -> validations.stored(actor, before.id()));
        }

        List<Object> results = atOnce(work);

        assertThat(results).noneMatch(Throwable.class::isInstance);
        assertThat(find(before).name().value()).isEqualTo("new");
        assertThat(find(before).version()).isEqualTo(2);
        assertThat(stored.problems()).isEmpty();
    }

    @Test
    void ofAnEditAndDeletionsNothingIsLeftBehind() {
        Integration before = create();
        customer.withAnotherAccessKey();
        List<Callable<Object>> work = new ArrayList<>(
                List.of(() -> edit(before, Drafts.keysOf(customer, "x").only("/access"))));
        for (int i = 1; i < THREADS; i++) {
            work.add(() -> {
                deletion.delete(actor, before.id(), Optional.empty());
                return "deleted";
            });
        }

        List<Object> results = atOnce(work);

        assertThat(results).filteredOn("deleted"::equals).isNotEmpty();
        assertThat(results)
                .allMatch(it -> it.equals("deleted") || it instanceof NoSuchIntegration || it instanceof Integration);
        assertThat(store.find(actor.tenant(), before.id())).isEmpty();
        assertThat(stored.secrets()).isEmpty();
        assertThat(stored.markers()).isEmpty();
        assertThat(stored.problems()).isEmpty();
    }

    @Test
    void ofCreationsWithOneIdempotencyKeyOneRunsAndTheOthersAreTold() {
        List<Object> results = atOnce(() -> repeated("a"));

        assertThat(results).filteredOn(RecordedAnswer.class::isInstance).isNotEmpty();
        assertThat(results).allMatch(it -> it instanceof RecordedAnswer || it instanceof RequestInProgress);
        assertThat(results.stream().filter(RecordedAnswer.class::isInstance).distinct())
                .hasSize(1);
        assertThat(stored.count()).isEqualTo(1);
        assertThat(stored.problems()).isEmpty();
        assertThat(repeated("a")).isIn(results);
    }

    @Test
    void aTryThatDiedIsTakenUpAfterAMinuteByOneOfMany() {
        int stored = Interruption.at(0, Kind.CRASH, () -> repeated("dry run"))
                .calls()
                .indexOf("DynamoDb TransactWriteItems");
        deletion.delete(actor, only().id(), Optional.empty());
        Interruption.at(stored + 2, Kind.CRASH, () -> repeated("a"));
        Integration first = only();

        assertThat(caught(() -> repeated("a"))).isInstanceOf(RequestInProgress.class);
        clock.advance(Duration.ofSeconds(61));
        List<Object> results = atOnce(() -> repeated("a"));

        assertThat(results).allMatch(it -> it instanceof RecordedAnswer || it instanceof RequestInProgress);
        assertThat(only().id()).isEqualTo(first.id());
        assertThat(((RecordedAnswer) caught(() -> repeated("a"))).body())
                .contains(first.id().value());
        assertThat(this.stored.problems()).isEmpty();
    }

    private RecordedAnswer repeated(String key) {
        Drafts draft = Drafts.keysOf(customer, "Plant 7");
        return repeatable.create(
                actor,
                new IdempotencyKey(key),
                draft.toString().getBytes(StandardCharsets.UTF_8),
                drafts.newIntegration(draft.bytes()),
                false);
    }

    private Integration create() {
        return creation.create(
                        actor,
                        drafts.newIntegration(Drafts.keysOf(customer, "Plant 7").bytes()),
                        false,
                        creation.newId())
                .integration();
    }

    private Integration edit(Integration before, Drafts patch) {
        return editing.edit(
                        actor,
                        before.id(),
                        IfMatch.of(List.of(IfMatch.tag(before.version()))),
                        current -> edits.read(patch.stream(), current))
                .integration();
    }

    private Integration find(Integration integration) {
        return store.find(actor.tenant(), integration.id()).orElseThrow();
    }

    private Integration only() {
        List<Integration> all = list.slice(actor.tenant(), Optional.empty(), 10, IntegrationFilter.NONE)
                .items();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private static List<Object> atOnce(Callable<Object> work) {
        List<Callable<Object>> same = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            same.add(work);
        }
        return atOnce(same);
    }

    /** Results and failures. */
    private static List<Object> atOnce(List<Callable<Object>> work) {
        CyclicBarrier barrier = new CyclicBarrier(work.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            List<Future<Object>> futures = work.stream()
                    .map(one -> threads.submit(() -> {
                        barrier.await();
                        return caught(one);
                    }))
                    .toList();
            List<Object> results = new ArrayList<>();
            for (Future<Object> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static Object caught(Callable<Object> work) {
        try {
            return work.call();
        } catch (Throwable failure) {
            return failure;
        }
    }
}
