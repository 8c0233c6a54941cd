package dev.sea.integrations.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.aws.ObjectLocation;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.DueIndex;
import dev.sea.integrations.store.DueIndex.Due;
import dev.sea.integrations.store.DueIndex.GrantKey;
import dev.sea.integrations.store.DueIndex.Place;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GrantStoreTest {
    @Inject
    GrantStore store;

    @Inject
    DueIndex index;

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
    void oneComesBackAsItWasStored() {
        RecordGrant grant = grant(Monitored.active(Customer.healthy()));
        RecordGrant bare = with(
                grant,
                new ObjectLocation(
                        grant.location().region(),
                        grant.location().bucket(),
                        grant.location().key(),
                        Optional.empty(),
                        Optional.empty()));
        store.put(grant);
        store.put(bare);

        assertThat(store.find(grant.tenant(), grant.integration(), grant.id())).contains(grant);
        assertThat(store.find(bare.tenant(), bare.integration(), bare.id())).contains(bare);
        assertThat(store.find(new Tenant("another"), grant.integration(), grant.id()))
                .isEmpty();
    }

    @Test
    void oneWhoseAnswerGotLostIsStoredOnce() {
        RecordGrant grant = grant(Monitored.active(Customer.healthy()));
        try (var _ = LocalAws.faultOnBody(
                "lost-answer", "dynamodb", "PutItem", grant.id().value(), 1)) {
            store.put(grant);
        }
        assertThat(store.find(grant.tenant(), grant.integration(), grant.id())).contains(grant);
    }

    @Test
    void oneIsDueAMinuteAfterItsEnd() {
        Monitored integration = Monitored.active(Customer.healthy());
        RecordGrant grant = grant(integration);
        store.put(grant);
        Instant due = grant.expiresAt().plus(Duration.ofMinutes(1));

        assertThat(due(integration, due.minusMillis(1))).isEmpty();
        assertThat(due(integration, due))
                .containsExactly(new Due.Grant(
                        grant.tenant(),
                        new GrantKey(grant.integration(), grant.id().value()),
                        due));
    }

    /** More of them than a page of the index has. */
    @Test
    void manyKeepNoIntegrationFromItsValidation() {
        Monitored integration = Monitored.active(Customer.healthy());
        for (int i = 0; i < 130; i++) {
            store.put(grant(integration));
        }
        clock.advance(Duration.ofMinutes(70));

        JsonNode swept = integration.sweep();

        assertThat(swept.path("due").asInt()).as(swept.toString()).isEqualTo(131);
        assertThat(swept.path("looked").asInt()).isEqualTo(130);
        assertThat(swept.path("validated").asInt()).isEqualTo(1);
    }

    @Test
    void anIntegrationsListAndDeletionDoNotSeeThem() {
        Monitored integration = Monitored.active(Customer.healthy());
        store.put(grant(integration));

        JsonNode listed = integration.admin().get("/v1/integrations").json();
        assertThat(listed.path("items")).hasSize(1);
        assertThat(listed.path("unreadable")).isEmpty();
        assertThat(integration
                        .admin()
                        .get(integration.path() + "/validations")
                        .json()
                        .path("items"))
                .isNotEmpty();
        integration.admin().post(integration.path() + "/deactivate", null);
        Gateway.Answer deleted = integration.admin().send("DELETE", integration.path(), null);
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(204);
        assertThat(new StoredData(integration.tenant()).problems()).isEmpty();
        assertThat(new StoredData(integration.tenant()).items("GRANT#")).hasSize(1);
    }

    private RecordGrant grant(Monitored integration) {
        return Grants.expired(integration.tenant(), integration.id(), clock.instant());
    }

    private static RecordGrant with(RecordGrant grant, ObjectLocation location) {
        RecordGrant other = Grants.expired(
                grant.tenant().id(),
                grant.integration().value(),
                grant.grantedAt().plus(Duration.ofHours(1)));
        return new RecordGrant(
                other.tenant(),
                other.integration(),
                other.id(),
                other.key(),
                other.contentLength(),
                other.sha256(),
                other.contentType(),
                other.integrationVersion(),
                other.targetRevision(),
                location,
                other.grantedAt(),
                other.expiresAt(),
                other.subject());
    }

    private List<Due> due(Monitored integration, Instant at) {
        return index.page(Place.start(integration.partition()), at, 100).due();
    }
}
