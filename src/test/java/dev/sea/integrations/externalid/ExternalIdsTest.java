package dev.sea.integrations.externalid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExternalIdsTest {
    private static final String EXTERNAL_IDS = "/v1/external-ids";
    private static final String STORE_ONLY = "/v1/integrations?validate=false";
    private static final Duration RESERVATION = Duration.ofDays(2);
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final Gateway other = Gateway.admin(Gateway.freshTenant());

    @Inject
    ExternalIds externalIds;

    @Inject
    SeaConfig config;

    @Inject
    TestClock clock;

    @AfterEach
    void backToTheRealTime() {
        clock.reset();
    }

    @Test
    void oneIsMadeAndReservedForTwoDays() {
        Instant before = clock.instant();

        Gateway.Answer answer = admin.post(EXTERNAL_IDS, null);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().path("externalId").asText()).matches("sea-[a-z2-7]{32}");
        String expiresAt = answer.json().path("expiresAt").asText();
        assertThat(expiresAt).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000Z");
        assertThat(Instant.parse(expiresAt))
                .isBetween(
                        before.plus(RESERVATION).minusSeconds(1),
                        clock.instant().plus(RESERVATION));
        assertThat(answer.json().size()).isEqualTo(2);
    }

    @Test
    void anotherIsMadeEveryTime() {
        assertThat(made()).isNotEqualTo(made());
    }

    @Test
    void aReaderMayNotMakeOne() {
        assertThat(Gateway.reader(tenant).post(EXTERNAL_IDS, null).status()).isEqualTo(403);
    }

    @Test
    void aReservedOneIsItsTenantsToUse() {
        assertThat(create(admin, made()).status()).isEqualTo(201);
    }

    @Test
    void aReservedOneIsRefusedToOthersLikeOneThatIsUsed() {
        String reserved = made();
        String used = made();
        assertThat(create(admin, used).status()).isEqualTo(201);

        Gateway.Answer ofReserved = create(other, reserved);
        Gateway.Answer ofUsed = create(other, used);

        assertThat(ofReserved.status()).isEqualTo(409);
        assertThat(ofReserved.json().path("type").asText()).isEqualTo("urn:sea:problem:external-id-refused");
        assertThat(withoutRequest(ofReserved)).isEqualTo(withoutRequest(ofUsed));
        assertThat(ofReserved.text()).doesNotContain(tenant);
        assertThat(draft(other, reserved).status()).isEqualTo(409);
    }

    @Test
    void aReservationThatNobodyUsedEnds() {
        String reserved = made();
        clock.advance(RESERVATION.minusMinutes(1));
        assertThat(create(other, reserved).status()).isEqualTo(409);

        clock.advance(Duration.ofMinutes(1));

        assertThat(create(other, reserved).status()).isEqualTo(201);
        assertThat(create(admin, reserved).status()).isEqualTo(409);
    }

    @Test
    void aUsedOneStaysItsTenantsForGood() {
        String used = made();
        assertThat(create(admin, used).status()).isEqualTo(201);

        clock.advance(RESERVATION.plusDays(365));

        assertThat(create(other, used).status()).isEqualTo(409);
    }

    @Test
    void aTenantReservesNoMoreThanItsLimit() {
        List<ExternalIds.Reserved> reserved = fill();

        Gateway.Answer answer = admin.post(EXTERNAL_IDS, null);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:limit-reached");
        assertThat(other.post(EXTERNAL_IDS, null).status()).isEqualTo(201);
        // A used one is not a reserved one any more.
        assertThat(create(admin, reserved.getFirst().externalId().value()).status())
                .isEqualTo(201);
        assertThat(admin.post(EXTERNAL_IDS, null).status()).isEqualTo(201);
        assertThat(admin.post(EXTERNAL_IDS, null).status()).isEqualTo(409);
    }

    @Test
    void theTenantsReservedOnesAreListed() {
        assertThat(listed(admin)).isEmpty();
        JsonNode first = admin.post(EXTERNAL_IDS, null).json();
        clock.advance(Duration.ofHours(1));
        JsonNode second = admin.post(EXTERNAL_IDS, null).json();

        assertThat(listed(admin)).containsExactly(first, second);
        assertThat(listed(Gateway.reader(tenant))).containsExactly(first, second);
        assertThat(listed(other)).isEmpty();
        assertThat(other.get(EXTERNAL_IDS).text()).doesNotContain(tenant);
    }

    @Test
    void whatIsUsedOrOverIsNotListed() {
        String used = made();
        made();
        clock.advance(Duration.ofHours(1));
        String kept = made();
        assertThat(create(admin, used).status()).isEqualTo(201);

        clock.advance(RESERVATION.minusHours(1));

        assertThat(listed(admin))
                .extracting(it -> it.path("externalId").asText())
                .containsExactly(kept);
    }

    @Test
    void afterItsReservationAnIdOfAnotherTenantIsNotListed() {
        String lost = made();
        clock.advance(RESERVATION);
        assertThat(create(other, lost).status()).isEqualTo(201);

        assertThat(listed(admin)).isEmpty();
        assertThat(listed(other)).isEmpty();
    }

    @Test
    void asManyAreListedAsATenantMayReserve() {
        List<ExternalIds.Reserved> reserved = fill();

        assertThat(listed(admin))
                .extracting(it -> it.path("externalId").asText())
                .containsExactlyInAnyOrderElementsOf(
                        reserved.stream().map(it -> it.externalId().value()).toList());
    }

    @Test
    void reservationsThatAreOverDoNotCount() {
        fill();
        clock.advance(RESERVATION);

        assertThat(fill()).hasSize(limit());
        assertThatThrownBy(this::reserve).isInstanceOf(TooManyReservations.class);
    }

    @Test
    void theLimitHoldsWhenManyAskAtOnce() throws InterruptedException, ExecutionException {
        int askers = limit() + 10;
        CyclicBarrier barrier = new CyclicBarrier(askers);
        Callable<Set<ExternalId>> ask = () -> {
            barrier.await();
            try {
                return Set.of(reserve().externalId());
            } catch (TooManyReservations full) {
                return Set.of();
            }
        };
        Set<ExternalId> made = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Set<ExternalId>>> answers = new ArrayList<>();
            for (int i = 0; i < askers; i++) {
                answers.add(threads.submit(ask));
            }
            for (Future<Set<ExternalId>> answer : answers) {
                made.addAll(answer.get());
            }
        }

        assertThat(made).hasSize(limit());
    }

    @Test
    void aLostAnswerIsNoRefusalAndTakesNoSecondPlace() {
        for (int i = 1; i < limit(); i++) {
            reserve();
        }

        // The last place: the second attempt meets its own first one, of the set and of the claim.
        try (LocalAws.Fault ofTheSet =
                        LocalAws.faultOnBody("lost-answer", "dynamodb", "UpdateItem", "TENANT#" + tenant, 1);
                LocalAws.Fault ofTheClaim = LocalAws.faultOnBody("lost-answer", "dynamodb", "PutItem", tenant, 1)) {
            assertThat(ofTheSet).isNotEqualTo(ofTheClaim);
            assertThat(reserve().externalId()).isNotNull();
        }

        assertThatThrownBy(this::reserve).isInstanceOf(TooManyReservations.class);
    }

    private List<ExternalIds.Reserved> fill() {
        List<ExternalIds.Reserved> reserved = new ArrayList<>();
        for (int i = 0; i < limit(); i++) {
            reserved.add(reserve());
        }
        return reserved;
    }

    private ExternalIds.Reserved reserve() {
        return externalIds.reserve(new Actor(new Tenant(tenant), "ada", "198.51.100.7", "request"));
    }

    private static List<JsonNode> listed(Gateway gateway) {
        Gateway.Answer answer = gateway.get(EXTERNAL_IDS);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<JsonNode> items = new ArrayList<>();
        answer.json().path("items").forEach(items::add);
        return items;
    }

    private int limit() {
        return config.limits().reservedExternalIds();
    }

    private String made() {
        return admin.post(EXTERNAL_IDS, null).json().path("externalId").asText();
    }

    private static Gateway.Answer create(Gateway gateway, String externalId) {
        return gateway.post(
                STORE_ONLY,
                Drafts.role().setText("/access/externalId", externalId).toString());
    }

    private static Gateway.Answer draft(Gateway gateway, String externalId) {
        return gateway.post(
                "/v1/validations",
                Drafts.role().setText("/access/externalId", externalId).toString());
    }

    private static Map<String, JsonNode> withoutRequest(Gateway.Answer answer) {
        Map<String, JsonNode> members = new HashMap<>();
        answer.json().forEachEntry(members::put);
        members.remove("requestId");
        return members;
    }
}
