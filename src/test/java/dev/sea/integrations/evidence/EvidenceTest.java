package dev.sea.integrations.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.grant.GrantStore;
import dev.sea.integrations.grant.RecordGrant;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence by day, and the list of grants. */
@QuarkusTest
class EvidenceTest {
    @Inject
    GrantStore grants;

    @Inject
    TestClock clock;

    private Monitored integration;

    @BeforeEach
    void anIntegration() {
        integration = Monitored.active(Customer.healthy());
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void withoutAnyGrantAllIsZero() {
        JsonNode evidence = evidence("");

        assertThat(evidence.path("days")).hasSize(30);
        assertThat(evidence.path("totals").path("granted").asInt()).isZero();
        assertThat(evidence.path("lastStoredAt").isNull()).isTrue();
        assertThat(evidence.at("/days/29/date").asText()).isEqualTo(today().toString());
    }

    @Test
    void eachGrantCountsOnItsOwnDay() {
        Instant midnight = today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        clock.advance(Duration.between(clock.instant(), midnight.minusSeconds(30)));
        Recorder recorder = recorder();
        RecordGrant stored = recorder.granted(clock.instant());
        RecordGrant failed = recorder.granted(clock.instant());
        RecordGrant open = recorder.granted(clock.instant());
        recorder.stores(stored);
        clock.advance(Duration.ofMinutes(1));
        recorder.reportsStored(stored);
        recorder.reportsFailed(failed, 500, "InternalError");
        RecordGrant tomorrow = recorder.granted(clock.instant());

        JsonNode evidence = evidence("?days=2");

        assertThat(evidence.path("days")).hasSize(2);
        JsonNode first = evidence.path("days").path(0);
        assertThat(first.path("date").asText())
                .isEqualTo(TrackedGrant.dayOf(open.grantedAt()).toString());
        assertThat(counts(first)).containsExactly(3L, 1L, 1L, 1L, 0L, 0L);
        assertThat(first.path("bytes").asLong()).isEqualTo(stored.contentLength());
        assertThat(counts(evidence.path("days").path(1))).containsExactly(1L, 1L, 0L, 0L, 0L, 0L);
        assertThat(evidence.at("/days/1/date").asText())
                .isEqualTo(TrackedGrant.dayOf(tomorrow.grantedAt()).toString());
        assertThat(counts(evidence.path("totals"))).containsExactly(4L, 2L, 1L, 1L, 0L, 0L);
        assertThat(evidence.path("lastStoredAt").asText()).isNotEmpty();
        assertThat(counts(evidence("?days=1").path("totals"))).containsExactly(1L, 1L, 0L, 0L, 0L, 0L);
    }

    /** A grant made by a process whose clock is a minute ahead, or behind, is not lost and not counted twice. */
    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void anotherClockNeitherLosesNorDoubles(int seconds) {
        Instant midnight = today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        clock.advance(Duration.between(clock.instant(), midnight.plusSeconds(seconds > 0 ? -30 : 30)));
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant().plusSeconds(seconds));
        recorder.stores(grant);
        recorder.reportsStored(grant);
        recorder.granted(clock.instant().plusSeconds(seconds));
        clock.advance(Duration.ofMinutes(2));

        JsonNode evidence = evidence("?days=3");

        assertThat(counts(evidence.path("totals"))).containsExactly(2L, 1L, 1L, 0L, 0L, 0L);
        clock.advance(Recorder.LIFETIME);
        integration.sweep();
        clock.advance(Duration.ofDays(1));
        integration.sweep();
        assertThat(counts(evidence("?days=4").path("totals"))).containsExactly(2L, 0L, 1L, 0L, 1L, 0L);
    }

    @Test
    void countersAreShownForNinetyDays() {
        Recorder recorder = recorder();
        RecordGrant grant = recorder.granted(clock.instant());
        recorder.stores(grant);
        recorder.reportsStored(grant);
        clock.advance(Duration.ofDays(89));
        assertThat(evidence("?days=90").at("/totals/stored").asInt()).isEqualTo(1);
        assertThat(grantsOf("").path("items")).hasSize(1);
        clock.advance(Duration.ofDays(1).plusMinutes(1));

        assertThat(evidence("?days=90").at("/totals/stored").asInt()).isZero();
        assertThat(grantsOf("").path("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "91", "-1", "x", "1.5"})
    void aWrongNumberOfDaysIsRefused(String days) {
        Gateway.Answer answer = integration.admin().get(integration.path() + "/evidence?days=" + days);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/code").asText()).isEqualTo("DAYS");
    }

    @Test
    void theListHasPagesNewestFirst() {
        Recorder recorder = recorder();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RecordGrant grant = recorder.granted(clock.instant());
            ids.addFirst(grant.id().value());
            if (i % 2 == 0) {
                recorder.reportsFailed(grant, 500, "InternalError");
            }
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(allIds("?limit=2")).isEqualTo(ids);
        assertThat(allIds("?limit=2&state=FAILED")).containsExactly(ids.get(0), ids.get(2), ids.get(4));
        assertThat(allIds("?limit=1&state=OPEN")).containsExactly(ids.get(1), ids.get(3));
        assertThat(grantsOf("").at("/items/0/receipt").isNull()).isTrue();
    }

    @Test
    void theListOfMissingOnesHasPagesToo() {
        Recorder recorder = recorder();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RecordGrant grant = recorder.granted(clock.instant());
            ids.addFirst(grant.id().value());
            recorder.stores(grant, "somebody else's");
            recorder.reportsStored(grant);
            recorder.granted(clock.instant());
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(allIds("?limit=2&state=MISSING")).isEqualTo(ids);
        clock.advance(Duration.ofDays(91));
        assertThat(allIds("?limit=2&state=MISSING")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=LOST", "limit=0", "cursor=abc"})
    void aWrongParameterIsRefused(String query) {
        assertThat(integration
                        .admin()
                        .get(integration.path() + "/grants?" + query)
                        .status())
                .isEqualTo(400);
    }

    private List<String> allIds(String query) {
        List<String> ids = new ArrayList<>();
        JsonNode page = grantsOf(query);
        while (true) {
            page.path("items").forEach(item -> ids.add(item.path("id").asText()));
            if (page.path("nextCursor").isNull()) {
                return ids;
            }
            page = grantsOf(query + "&cursor=" + page.path("nextCursor").asText());
        }
    }

    private static List<Long> counts(JsonNode day) {
        return List.of("granted", "open", "stored", "failed", "missing", "unverified").stream()
                .map(name -> day.path(name).asLong(-1))
                .toList();
    }

    private JsonNode evidence(String query) {
        Gateway.Answer answer = integration.admin().get(integration.path() + "/evidence" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode grantsOf(String query) {
        return integration.admin().get(integration.path() + "/grants" + query).json();
    }

    private LocalDate today() {
        return TrackedGrant.dayOf(clock.instant());
    }

    private Recorder recorder() {
        return new Recorder(integration, grants);
    }
}
