package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.store.Items;
import dev.sea.integrations.table.TypedItem;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.StoredData;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators do, from the first draft to deactivation, against a customer's account in the local AWS. */
@QuarkusTest
class LifecycleTest {
    private static final String ALL = "/v1/integrations";
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);

    @Inject
    TestClock clock;

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    /** Otherwise it would take one of the tenant's places for IDs that nobody has used yet, for two days. */
    @ParameterizedTest
    @ValueSource(strings = {"activate", "validations", "PATCH"})
    void anExternalIdThatWasStoredUnprovedIsProvedByWhateverProvesItFirst(String by) {
        Customer customer = Customer.healthy();
        String path = "/v1/integrations/"
                + admin.post(
                                "/v1/integrations?validate=false",
                                Drafts.of(customer, "Plant 7").toString())
                        .json()
                        .path("id")
                        .asText();
        assertThat(new StoredData(tenant).claim(customer.name("externalId"))).doesNotContainKey("proved");

        Gateway.Answer answer = by.equals("PATCH")
                ? admin.header("if-match", "*").send("PATCH", path, "{\"target\": {\"prefix\": \"a/\"}}")
                : admin.post(path + "/" + by, null);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(new StoredData(tenant).claim(customer.name("externalId"))).containsKey("proved");
    }

    @Test
    void aDraftIsProvedAndNothingStored() {
        Gateway.Answer answer = admin.post(
                "/v1/validations",
                Drafts.of(Customer.healthy(), "x").without("/name").toString());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).as(answer.text()).isEqualTo("HEALTHY");
        assertThat(answer.json().path("scope").asText()).isEqualTo("FULL");
        assertThat(answer.json().path("startedAt").asText()).matches(".*\\.\\d{3}Z");
        assertThat(admin.get(ALL).json().path("items")).isEmpty();
    }

    @Test
    void creationProvesAndShowsTheReport() {
        Gateway.Answer answer =
                admin.post(ALL, Drafts.of(Customer.healthy(), "Plant 7").toString());

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().path("validation").path("status").asText()).isEqualTo("HEALTHY");
        assertThat(answer.json().path("health").path("status").asText()).isEqualTo("HEALTHY");
        assertThat(answer.json().path("health").path("summary").asText()).matches("\\d of \\d checks passed");
        assertThat(answer.json().path("state").asText()).isEqualTo("INACTIVE");
        assertThat(answer.json().path("version").asInt()).isEqualTo(1);
    }

    @Test
    void aBrokenRoleIsStoredAllTheSame() {
        Customer customer = Customer.healthy().withoutPermissions();
        Gateway.Answer answer = admin.post(ALL, Drafts.of(customer, "Plant 7").toString());

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("validation").path("status").asText()).isEqualTo("PROPAGATING");
        assertThat(answer.json().path("health").path("status").asText()).isEqualTo("PROPAGATING");
        assertThat(admin.get(answer.header("Location"))
                        .json()
                        .path("health")
                        .path("status")
                        .asText())
                .isEqualTo("PROPAGATING");
    }

    @Test
    void aFreshProofIsNotMadeAgainForActivationButTheExternalIdIsTriedAnew() {
        Customer customer = Customer.healthy();
        String path = admin.post(ALL, Drafts.of(customer, "Plant 7").toString()).header("Location");
        long since = System.currentTimeMillis();

        Gateway.Answer active = admin.post(path + "/activate", null);

        assertThat(active.status()).as(active.text()).isEqualTo(200);
        assertThat(active.json().path("state").asText()).isEqualTo("ACTIVE");
        assertThat(active.json().path("version").asInt()).isEqualTo(2);
        assertThat(active.header("ETag")).isEqualTo("\"2\"");
        assertThat(active.json().path("health").path("nextCheckAt").asText()).endsWith("Z");
        assertThat(LocalAws.calls(since, Map.of("bucket", customer.name("bucket"))))
                .isEmpty();
        assertThat(LocalAws.calls(since, Map.of("roleArn", customer.name("roleArn"))))
                .extracting(LocalAws.Call::operation, LocalAws.Call::status)
                .containsExactlyInAnyOrder(
                        tuple("AssumeRole", 200),
                        tuple("AssumeRole", 403),
                        tuple("AssumeRole", 403),
                        tuple("AssumeRole", 403),
                        tuple("AssumeRole", 403));
        assertThat(admin.get(path).json()).isEqualTo(active.json());
    }

    /** While a role spreads, a part of STS that does not know it denies everything, as if it required the external ID. */
    @Test
    void aRoleThatOnlySeemedToRequireItsExternalIdIsNotActivated() {
        Customer customer = Customer.healthy();
        String path = admin.post(ALL, Drafts.of(customer, "Plant 7").toString()).header("Location");
        customer.withTrust(Customer.TRUST.replace("StringEquals", "StringEqualsIfExists"));

        Gateway.Answer refused = admin.post(path + "/activate", null);

        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.json().path("validation").path("checks").findValuesAsText("code"))
                .contains("EXTERNAL_ID_NOT_ENFORCED");
        assertThat(admin.get(path).json().path("health").path("status").asText())
                .isEqualTo("UNHEALTHY");
    }

    @Test
    void anAccessKeyNeedsNoCallForActivation() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        String path =
                admin.post(ALL, Drafts.keysOf(customer, "Plant 7").toString()).header("Location");
        long since = System.currentTimeMillis();

        assertThat(admin.post(path + "/activate", null).status()).isEqualTo(200);
        assertThat(LocalAws.calls(since, Map.of("accessKeyId", customer.name("accessKeyId"))))
                .isEmpty();
    }

    @Test
    void anOldProofIsMadeAgain() {
        Customer customer = Customer.healthy();
        String path = admin.post(ALL, Drafts.of(customer, "Plant 7").toString()).header("Location");
        clock.advance(Duration.ofMinutes(16));
        long since = System.currentTimeMillis();

        assertThat(admin.post(path + "/activate", null).status()).isEqualTo(200);
        assertThat(LocalAws.calls(since, Map.of("bucket", customer.name("bucket"))))
                .isNotEmpty();
    }

    @Test
    void withoutAProofActivationIsRefusedWithTheReport() {
        Customer customer = Customer.healthy().withTrust(Customer.TRUST.replace("${externalId}", "*"));
        String path = admin.post(
                        ALL + "?validate=false", Drafts.of(customer, "Plant 7").toString())
                .header("Location");

        Gateway.Answer refused = admin.post(path + "/activate", null);

        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.json().path("type").asText()).isEqualTo("urn:sea:problem:proof-failed");
        JsonNode report = refused.json().path("validation");
        assertThat(report.path("checks")).hasSize(10);
        assertThat(report.path("startedAt").asText()).matches(".*\\.\\d{3}Z");
        JsonNode now = admin.get(path).json();
        assertThat(now.path("state").asText()).isEqualTo("INACTIVE");
        assertThat(now.path("health").path("status").asText())
                .isEqualTo(report.path("status").asText());
    }

    @Test
    void activationAndDeactivationMayBeRepeated() {
        String path = admin.post(ALL, Drafts.of(Customer.healthy(), "Plant 7").toString())
                .header("Location");

        JsonNode active = admin.post(path + "/activate", null).json();
        Gateway.Answer again = admin.post(path + "/activate", null);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(active);

        Gateway.Answer inactive = admin.post(path + "/deactivate", null);
        assertThat(inactive.status()).isEqualTo(200);
        assertThat(inactive.json().path("state").asText()).isEqualTo("INACTIVE");
        assertThat(inactive.json().path("version").asInt()).isEqualTo(3);
        assertThat(inactive.json().path("health").path("nextCheckAt").isNull()).isTrue();
        Gateway.Answer inactiveStill = admin.post(path + "/deactivate", null);
        assertThat(inactiveStill.status()).isEqualTo(200);
        assertThat(inactiveStill.json()).isEqualTo(inactive.json());
    }

    @Test
    void onlyAnActiveOneIsInTheDueIndex() {
        String path = admin.post(ALL, Drafts.of(Customer.healthy(), "Plant 7").toString())
                .header("Location");
        String id = path.substring(path.lastIndexOf('/') + 1);
        assertThat(Items.integration(tenant, id)).doesNotContainKeys("dueAt", "duePartition");

        admin.post(path + "/activate", null);
        long due = item(id).number("dueAt");
        assertThat(due - System.currentTimeMillis())
                .as("when the role must be known everywhere")
                .isBetween(
                        Duration.ofMinutes(1).toMillis(), Duration.ofMinutes(2).toMillis());
        assertThat(item(id).number("duePartition")).isBetween(0L, 63L);

        admin.post(path + "/deactivate", null);
        assertThat(Items.integration(tenant, id)).doesNotContainKeys("dueAt", "duePartition");
    }

    @Test
    void aValidationOnDemandUpdatesHealthAndNothingElse() {
        Customer customer = Customer.healthy();
        String path = admin.post(
                        ALL + "?validate=false", Drafts.of(customer, "Plant 7").toString())
                .header("Location");
        Gateway.Answer before = admin.get(path);

        Gateway.Answer report = admin.post(path + "/validations", null);

        assertThat(report.status()).isEqualTo(200);
        assertThat(report.json().path("status").asText()).isEqualTo("HEALTHY");
        Gateway.Answer after = admin.get(path);
        assertThat(after.json().path("health").path("status").asText()).isEqualTo("HEALTHY");
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(after.json().path("updatedAt")).isEqualTo(before.json().path("updatedAt"));
    }

    @Test
    void impatientClicksMakeNothingUnhealthyAndMoveNoCheck() {
        Monitored integration = Monitored.active(Customer.healthy());
        integration.customer().withoutPermissions();

        assertThat(afterValidation(integration)).isEqualTo("DEGRADED");
        long due = integration.dueAt();
        for (int click = 0; click < 4; click++) {
            assertThat(afterValidation(integration)).isEqualTo("DEGRADED");
            assertThat(integration.dueAt()).isEqualTo(due);
        }
        assertThat(integration.events().stream().map(event -> event.path("to").asText()))
                .containsExactly("HEALTHY", "DEGRADED");

        integration.customer().withPermissions(Customer.PERMISSIONS);
        assertThat(afterValidation(integration)).isEqualTo("HEALTHY");
        assertThat(integration.dueAt()).isLessThanOrEqualTo(due);
        assertThat(integration.shown().path("version").asInt()).isEqualTo(2);
    }

    @Test
    void storedKeysAreProvedAndNeverShown() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        Drafts draft = Drafts.of(customer, "Plant 7").set("/access", customer.fill("""
                {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}", "secretAccessKey": "${secretAccessKey}"}"""));

        Gateway.Answer created = admin.post(ALL, draft.toString());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.json().path("health").path("status").asText())
                .as(created.text())
                .isEqualTo("HEALTHY");
        Gateway.Answer report = admin.post(created.header("Location") + "/validations", null);
        assertThat(report.json().path("status").asText()).isEqualTo("HEALTHY");
        Gateway.Answer active = admin.post(created.header("Location") + "/activate", null);
        assertThat(active.status()).isEqualTo(200);
        assertThat(created.text()
                        + report.text()
                        + active.text()
                        + admin.get(ALL).text())
                .doesNotContain(customer.name("secretAccessKey"))
                .doesNotContain(customer.name("accessKeyId"));
    }

    @Test
    void aSecretThatIsGoneLeavesEverythingUnknown() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        Drafts draft = Drafts.of(customer, "Plant 7").set("/access", customer.fill("""
                {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}", "secretAccessKey": "${secretAccessKey}"}"""));
        String path = admin.post(ALL, draft.toString()).header("Location");
        String id = path.substring(path.lastIndexOf('/') + 1);
        String secret = item(id).text("secretName");
        Account.SERVICE.secretsManager().deleteSecret(request -> request.secretId(secret));

        JsonNode report = admin.post(path + "/validations", null).json();

        assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("UNKNOWN");
        assertThat(report.path("checks")).hasSize(10);
        assertThat(report.path("checks").path(0).path("outcome").asText()).isEqualTo("UNKNOWN");
        assertThat(report.path("checks").path(0).path("code").asText()).isEqualTo("STORED_KEY_GONE");
        Account.SERVICE
                .secretsManager()
                .deleteSecret(request -> request.secretId(secret).forceDeleteWithoutRecovery(true));
        assertThat(admin.post(path + "/validations", null).json().path("status").asText())
                .isEqualTo("UNKNOWN");
        assertThat(admin.post(path + "/activate", null).status()).isEqualTo(409);
    }

    private static String afterValidation(Monitored integration) {
        integration.admin().post(integration.path() + "/validations", null);
        return integration.status();
    }

    private TypedItem item(String id) {
        return new TypedItem(Items.integration(tenant, id));
    }
}
