package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeletionTest {
    private static final String ALL = "/v1/integrations";
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final StoredData stored = new StoredData(tenant);

    @Test
    void whatIsDeletedIsGoneAndItsSecretRecoverable() {
        String path = ALL + "/" + create(Drafts.keys()).path("id").asText();

        Gateway.Answer deleted = admin.send("DELETE", path, null);

        assertThat(deleted.status()).as(deleted.text()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
        assertThat(admin.get(path).status()).isEqualTo(404);
        assertThat(admin.send("DELETE", path, null).status()).isEqualTo(404);
        assertThat(stored.secrets()).isEmpty();
        assertThat(stored.recoverableSecrets()).hasSize(1);
        assertThat(stored.markers()).isEmpty();
        assertThat(stored.count()).isZero();
        assertThat(stored.problems()).isEmpty();
    }

    @Test
    void itsNameAndExternalIdAreTheTenantsToUseAgainAndNobodyElses() {
        String externalId = "sea-" + tenant;
        Drafts draft = Drafts.role().setText("/access/externalId", externalId);
        String path = ALL + "/" + create(draft).path("id").asText();
        admin.send("DELETE", path, null);

        assertThat(stored.uses(externalId)).isZero();
        assertThat(Gateway.admin(Gateway.freshTenant())
                        .post(ALL + "?validate=false", draft.toString())
                        .status())
                .isEqualTo(409);
        create(draft);
        assertThat(stored.uses(externalId)).isEqualTo(1);
        assertThat(stored.problems()).isEmpty();
    }

    @Test
    void anActiveOneStays() {
        JsonNode created = create(Drafts.of(Customer.healthy(), "Plant 7"));
        String path = ALL + "/" + created.path("id").asText();
        admin.post(path + "/activate", null);

        Gateway.Answer refused = admin.send("DELETE", path, null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("type").asText()).isEqualTo("urn:sea:problem:still-active");
        admin.post(path + "/deactivate", null);
        assertThat(admin.send("DELETE", path, null).status()).isEqualTo(204);
        assertThat(stored.problems()).isEmpty();
    }

    @Test
    void aVersionMayBeNamed() {
        String path = ALL + "/" + create(Drafts.keys()).path("id").asText();

        assertThat(admin.header("if-match", "\"2\"").send("DELETE", path, null).status())
                .isEqualTo(412);
        assertThat(admin.header("if-match", "\"1\"").send("DELETE", path, null).status())
                .isEqualTo(204);
    }

    @Test
    void anotherTenantFindsNothingAndAReaderMayNot() {
        String path = ALL + "/" + create(Drafts.keys()).path("id").asText();

        assertThat(Gateway.admin(Gateway.freshTenant())
                        .send("DELETE", path, null)
                        .status())
                .isEqualTo(404);
        assertThat(Gateway.reader(tenant).send("DELETE", path, null).status()).isEqualTo(403);
        assertThat(admin.get(path).status()).isEqualTo(200);
    }

    private JsonNode create(Drafts draft) {
        Gateway.Answer answer = admin.post(ALL + "?validate=false", draft.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }
}
