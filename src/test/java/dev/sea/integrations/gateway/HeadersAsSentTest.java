package dev.sea.integrations.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers reach the service as the client sent them. */
@QuarkusTest
class HeadersAsSentTest {
    private static final String STORE_ONLY = "/v1/integrations?validate=false";
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final StoredData stored = new StoredData(tenant);

    @ParameterizedTest
    @ValueSource(strings = {"order-7,", ",order-7", "order,7", "order,,7", "order-7,,"})
    void aCommaBelongsToTheIdempotencyKey(String key) {
        Gateway.Answer plain = create("order-7", "Plant 7");

        Gateway.Answer withComma = create(key, "Plant 8");
        Gateway.Answer again = create(key, "Plant 8");

        assertThat(plain.status()).as(plain.text()).isEqualTo(201);
        assertThat(withComma.status()).as(withComma.text()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(withComma.text());
        assertThat(stored.count()).isEqualTo(2);
    }

    @Test
    void aKeyOfCommasIsAKey() {
        Gateway.Answer first = create(",", "Plant 7");

        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(create(",", "Plant 7").text()).isEqualTo(first.text());
        assertThat(create(",,", "Plant 8").status()).isEqualTo(201);
        assertThat(stored.count()).isEqualTo(2);
    }

    static String[] unusable() {
        return new String[] {"", " ", "k".repeat(256), "Schlüssel", "a\tb"};
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void anUnusableKeyIsRefused(String key) {
        Gateway.Answer answer = create(key, "Plant 7");

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("code")).containsExactly("IDEMPOTENCY_KEY");
        assertThat(stored.count()).isZero();
    }

    @Test
    void theListOfIfMatchMayHaveCommasInItsTags() {
        String path = create("a", "Plant 7").header("Location");

        Gateway.Answer answer = admin.header("If-Match", "\"a,b\", \"1\"")
                .header("content-type", "application/merge-patch+json")
                .send("PATCH", path, "{\"description\": \"changed\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** curl sends it with bodies over 1 MB, .NET and PowerShell with each. */
    @ParameterizedTest
    @ValueSource(strings = {"expect", "Expect"})
    void whoExpects100ContinueGetsTheUsualAnswer(String name) {
        ObjectNode event = admin.event("POST", STORE_ONLY, Drafts.keys().toString());
        event.withObject("/headers").put(name, "100-continue");

        Gateway.Answer answer = Gateway.invoke(event);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().path("id").asText()).startsWith("int_");
        assertThat(stored.count()).isEqualTo(1);
    }

    private Gateway.Answer create(String key, String name) {
        return admin.header("idempotency-key", key)
                .post(STORE_ONLY, Drafts.keys().setText("/name", name).toString());
    }
}
