package dev.sea.integrations.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.SummaryStore.Counted;
import dev.sea.integrations.store.SummaryStore.Found;
import dev.sea.integrations.table.TableKey;
import dev.sea.integrations.table.TypedItem;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@QuarkusTest
class SummaryStoreTest {
    private static final Instant THEN = Instant.parse("2026-05-01T10:00:00Z");
    /** Three of them are more than one Query reads. */
    private static final int LARGE = 390_000;

    private final Tenant tenant = new Tenant(Gateway.freshTenant());
    private final List<String> calls = new ArrayList<>();

    @Inject
    DynamoDbClient dynamo;

    @Inject
    SeaConfig config;

    @Test
    void oneQueryFindsThemAndSaysWhenTheyWereKnown() {
        put("1", "ACTIVE", health(Health.Status.HEALTHY, Optional.of(THEN.plusSeconds(60)), Optional.empty()), 0);
        put("2", "INACTIVE", health(Health.Status.UNKNOWN, Optional.empty(), Optional.of(THEN.plusSeconds(90))), 0);

        assertThat(counting().all(tenant))
                .isEqualTo(new Found(
                        List.of(
                                new Counted(State.ACTIVE, Health.Status.HEALTHY, THEN.plusSeconds(60), Set.of()),
                                new Counted(State.INACTIVE, Health.Status.UNKNOWN, THEN, Set.of())),
                        0,
                        true));
        assertThat(calls).containsExactly("query");
    }

    /** Of before the attribute {@code provedAt}. */
    @Test
    void anOldRecordWasKnownWhenItWasLastChecked() {
        put("1", "ACTIVE", health(Health.Status.HEALTHY, Optional.empty(), Optional.of(THEN.plusSeconds(90))), 0);

        assertThat(counting().all(tenant).integrations())
                .extracting(Counted::knownAt)
                .containsExactly(THEN.plusSeconds(90));
    }

    @Test
    void aTenantWithMoreThanOneQueryReadsIsToldSoAndNoSecondOneIsMade() {
        for (String id : List.of("1", "2", "3", "4")) {
            put(id, "ACTIVE", health(Health.Status.HEALTHY, Optional.of(THEN), Optional.empty()), LARGE);
        }

        Found found = counting().all(tenant);

        assertThat(found.complete()).isFalse();
        assertThat(found.integrations()).hasSizeBetween(1, 3);
        assertThat(calls).containsExactly("query");
    }

    private static Map<String, AttributeValue> health(
            Health.Status status, Optional<Instant> provedAt, Optional<Instant> checkedAt) {
        Map<String, AttributeValue> health = new HashMap<>();
        new TypedItem(health)
                .text("status", status.name())
                .time("since", THEN)
                .time("provedAt", provedAt)
                .time("checkedAt", checkedAt);
        return health;
    }

    private void put(String id, String state, Map<String, AttributeValue> health, int size) {
        Map<String, AttributeValue> item = new HashMap<>(TableKey.of(tenant, "INT#int_" + id));
        new TypedItem(item).text("state", state).text("description", "x".repeat(size));
        item.put("health", AttributeValue.fromM(health));
        dynamo.putItem(request -> request.tableName(config.table()).item(item));
    }

    /** The store over a client that notes what it is asked. */
    private SummaryStore counting() {
        DynamoDbClient noting = (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, (_, method, given) -> {
                    calls.add(method.getName());
                    try {
                        return method.invoke(dynamo, given);
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    }
                });
        return new SummaryStore(noting, config);
    }
}
