package dev.sea.integrations.externalid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.AuditLog;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.Contention;
import dev.sea.integrations.table.DuePartition;
import dev.sea.integrations.testing.Configured;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LogLines;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Two tenants: what one of them may find out by trying, and what it may take from the other. */
@QuarkusTest
class ExternalIdTriesTest {
    private static final RoleArn ROLE = new RoleArn("arn:aws:iam::222233334444:role/SEA_ext_access_recorder");
    private static final RoleArn OF_ANOTHER_ACCOUNT =
            new RoleArn("arn:aws:iam::333344445555:role/SEA_ext_access_recorder");

    private final Actor ada = actor();
    private final Actor eve = actor();
    private final String unique = ada.tenant().id();
    private Instant now = Instant.now();
    private final InstantSource time = () -> now;

    @Inject
    DynamoDbClient dynamo;

    @Inject
    AuditLog audit;

    @Inject
    Contention contention;

    @Test
    void whoeverGuessesIsStoppedAndLogged() {
        ExternalIdTries tries = tries(2);
        tries.check(eve, ROLE, id("a"));
        tries.check(eve, ROLE, id("b"));

        LogLines log = LogLines.of("audit");
        try {
            assertThatExceptionOfType(TooManyExternalIds.class)
                    .isThrownBy(() -> tries.check(eve, ROLE, id("c")))
                    .satisfies(problem -> {
                        assertThat(problem.type().status()).isEqualTo(429);
                        assertThat(problem.retryAfter())
                                .hasValueSatisfying(
                                        after -> assertThat(after).isBetween(Duration.ofHours(23), Duration.ofDays(1)));
                    });
            assertThat(log.text())
                    .contains("try-external-id " + ROLE.value() + " tenant="
                            + eve.tenant().id())
                    .contains("outcome=TooManyExternalIds")
                    .doesNotContain(id("c").value());
        } finally {
            log.close();
        }
        assertThatCode(() -> tries.check(eve, OF_ANOTHER_ACCOUNT, id("c"))).doesNotThrowAnyException();
        assertThatCode(() -> tries.check(ada, ROLE, id("c"))).doesNotThrowAnyException();
    }

    @Test
    void theSameIdAgainIsOneTryAndADayLaterAllIsForgotten() {
        ExternalIdTries tries = tries(1);
        tries.check(eve, ROLE, id("a"));
        assertThatCode(() -> tries.check(eve, ROLE, id("a"))).doesNotThrowAnyException();
        assertThatExceptionOfType(TooManyExternalIds.class).isThrownBy(() -> tries.check(eve, ROLE, id("b")));

        now = now.plus(Duration.ofDays(1)).plusSeconds(1);

        assertThatCode(() -> tries.check(eve, ROLE, id("b"))).doesNotThrowAnyException();
    }

    @Test
    void whatIsTheTenantsOwnIsNoTry() {
        ExternalIdTries tries = tries(1);
        claims().reserve(ada.tenant(), id("made"), now.plusSeconds(3600));
        tries.check(ada, ROLE, id("a"));

        assertThatCode(() -> tries.check(ada, ROLE, id("made"))).doesNotThrowAnyException();
        assertThatExceptionOfType(ExternalIdRefused.class).isThrownBy(() -> tries.check(eve, ROLE, id("made")));
        // The refusal was a try as well.
        assertThatExceptionOfType(TooManyExternalIds.class).isThrownBy(() -> tries.check(eve, ROLE, id("other")));
    }

    @Test
    void whatADraftProvedIsKeptForItsTenant() {
        ExternalIdTries tries = tries(0);
        tries.acceptedInDraft(ada.tenant(), id("shared"));

        assertThatExceptionOfType(ExternalIdRefused.class).isThrownBy(() -> tries.check(eve, ROLE, id("shared")));
        assertThatCode(() -> tries.check(ada, ROLE, id("shared"))).doesNotThrowAnyException();
        now = now.plus(Duration.ofDays(2)).plusSeconds(1);
        assertThatCode(() -> tries.check(eve, ROLE, id("shared"))).doesNotThrowAnyException();
    }

    @Test
    void idsThatDifferInCaseOnlyAreOne() {
        ExternalIdTries tries = tries(0);
        tries.acceptedInDraft(ada.tenant(), id("Case"));

        ExternalId capitals = new ExternalId(id("Case").value().toUpperCase(Locale.ROOT));
        assertThatExceptionOfType(ExternalIdRefused.class).isThrownBy(() -> tries.check(eve, ROLE, capitals));
    }

    @Test
    void aProvedDraftOfOneTenantShutsOutAnother() {
        Customer customer = new Customer().withBucket().withRole(Customer.TRUST, Customer.PERMISSIONS);
        Gateway first = Gateway.admin(Gateway.freshTenant());
        Gateway second = Gateway.admin(Gateway.freshTenant());
        String draft = customer.fill("""
                {"type": "S3", "target": {"region": "us-east-1", "bucket": "${bucket}"},
                 "access": {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}}""");

        assertThat(first.post("/v1/validations", draft).json().path("status").asText())
                .isEqualTo("HEALTHY");
        assertThat(second.post("/v1/validations", draft).status()).isEqualTo(409);
        assertThat(first.post("/v1/validations", draft).status()).isEqualTo(200);
    }

    @Test
    void idsThatAreStoredUnprovedTakeReservedPlacesUntilTheyAreProved() {
        ExternalIdTries tries = tries(0);
        for (int n = 0; n < 2; n++) {
            store(tries, "u" + n);
        }
        assertThatExceptionOfType(TooManyReservations.class).isThrownBy(() -> store(tries, "u2"));

        tries.accepted(ada.tenant(), id("u0"));

        assertThatCode(() -> store(tries, "u2")).doesNotThrowAnyException();
    }

    @Test
    void aNoteWaitsForTheTransactionThatItMeets() {
        store(tries(0), "u0");

        tries(0, meeting(2)).accepted(ada.tenant(), id("u0"));
        tries(0, meeting(2)).acceptedInDraft(ada.tenant(), id("drafted"));

        assertThat(new StoredData(ada.tenant().id()).claim(id("u0").value())).containsKey("proved");
        assertThatExceptionOfType(ExternalIdRefused.class).isThrownBy(() -> tries(0).check(eve, ROLE, id("drafted")));
    }

    @Test
    void aReservationThatIsUsedAtThisMomentIsNotRemoved() {
        claims().reserve(ada.tenant(), id("made"), now.plusSeconds(60));
        now = now.plusSeconds(61);
        int partition = ExpiredReservations.partitionOf(ExternalIdClaimStore.hash(id("made"))) - DuePartition.COUNT;

        assertThat(new ExpiredReservations(meeting(Integer.MAX_VALUE), config(0), time).remove(partition))
                .isZero();
        assertThat(new StoredData(ada.tenant().id()).claim(id("made").value())).isNotEmpty();
        assertThat(new ExpiredReservations(dynamo, config(0), time).remove(partition))
                .isPositive();
        assertThat(new StoredData(ada.tenant().id()).claim(id("made").value())).isEmpty();
    }

    /** As a creation with {@code validate=false} does. */
    private void store(ExternalIdTries tries, String name) {
        tries.storedUnproved(ada, id(name));
        dynamo.transactWriteItems(request ->
                request.transactItems(claims().use(ada.tenant(), id(name)).write()));
    }

    private ExternalId id(String name) {
        return new ExternalId(unique + "-" + name);
    }

    private ExternalIdClaimStore claims() {
        return new ExternalIdClaimStore(dynamo, config(0), time);
    }

    private ExternalIdTries tries(int limit) {
        return tries(limit, dynamo);
    }

    private ExternalIdTries tries(int limit, DynamoDbClient client) {
        SeaConfig config = config(limit);
        ExternalIdClaimStore claims = new ExternalIdClaimStore(client, config, time);
        return new ExternalIdTries(
                claims,
                new TriedIdStore(client, config, time),
                new ReservationStore(client, config, claims, time),
                config,
                time,
                audit,
                contention);
    }

    /** A client whose first writes of single items meet a transaction that writes the same item. */
    private DynamoDbClient meeting(int transactions) {
        AtomicInteger left = new AtomicInteger(transactions);
        Set<String> writes = Set.of("putItem", "updateItem", "deleteItem");
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (_, method, arguments) -> {
                    if (writes.contains(method.getName()) && left.getAndDecrement() > 0) {
                        throw TransactionConflictException.builder()
                                .message("Transaction is ongoing for the item")
                                .statusCode(400)
                                .build();
                    }
                    return method.invoke(dynamo, arguments);
                });
    }

    private static SeaConfig config(int limit) {
        return Configured.with(Map.of(
                "sea.limits.external-ids-per-account",
                Integer.toString(limit),
                "sea.limits.reserved-external-ids",
                "2"));
    }

    private static Actor actor() {
        return new Actor(new Tenant(Gateway.freshTenant()), "ada", "192.0.2.1", "request");
    }
}
