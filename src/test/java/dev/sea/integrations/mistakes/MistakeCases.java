package dev.sea.integrations.mistakes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tries every case under {@code real-mistakes} against {@code POST /v1/validations} of a service. */
abstract class MistakeCases {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FILES = List.of(
            "trust.yaml",
            "permissions.yaml",
            "bucket-policy.yaml",
            "kms.yaml",
            "access-key.yaml",
            "target.yaml",
            "refused.yaml");
    private static final String ROLE = """
            {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}""";
    private static final String KEYS = """
            {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}", "secretAccessKey": "${secretAccessKey}"}""";

    /** The server takes one request at a time. Cases are set up meanwhile. */
    static Stream<Arguments> mistakes() {
        ExecutorService beside =
                Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().factory());
        String only = System.getProperty("mistake", "");
        List<Arguments> cases = new ArrayList<>();
        FILES.stream()
                .flatMap(Mistake::in)
                .filter(mistake -> mistake.name().contains(only))
                .forEach(mistake -> cases.add(Arguments.of(mistake, beside.submit(() -> SetUp.of(mistake)))));
        beside.shutdown();
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isDiagnosed(Mistake mistake, Future<Customer> setUp) throws Exception {
        Customer customer = setUp.get();
        Gateway gateway = Gateway.admin(Gateway.freshTenant());
        String draft = customer.fill(draft(mistake).toString());

        Gateway.Answer answer = gateway.post("/v1/validations", draft);

        String secret =
                JSON.readTree(draft).path("access").path("secretAccessKey").asText("");
        if (!secret.isBlank()) {
            assertThat(answer.text()).doesNotContain(secret.strip());
        }
        if (mistake.isRefused()) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.header("content-type")).startsWith("application/problem+json");
            assertThat(Mistake.elements(answer.json().path("errors"))
                            .map(error -> error.path("field").asText()))
                    .containsExactlyInAnyOrderElementsOf(mistake.refusedFields());
            return;
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        Verdict verdict = new Verdict(mistake, answer.json());
        Map<String, String> expected = Verdict.expected(mistake);
        assertThat(verdict.seen(expected)).as(verdict::toString).isEqualTo(expected);
        assertThat(verdict.status()).as(verdict::toString).isEqualTo(Verdict.expectedStatus(expected));
        assertThat(verdict.breaches()).as(verdict::toString).isEmpty();
        for (String mention : mistake.mentions()) {
            assertThat(verdict.words()).contains(customer.fill(mention).toLowerCase(Locale.ROOT));
        }
        for (String claim : mistake.never()) {
            assertThat(verdict.words()).doesNotContain(customer.fill(claim).toLowerCase(Locale.ROOT));
        }
        if (Mending.isPossible(mistake, answer.json())) {
            assertThatItsRemediesMendIt(mistake, customer, gateway, draft, answer.json());
        }
    }

    /** A check that the first mistake hid may need another remedy. */
    private static void assertThatItsRemediesMendIt(
            Mistake mistake, Customer customer, Gateway gateway, String draft, JsonNode report) {
        Mending mending = new Mending(customer);
        JsonNode latest = report;
        for (int round = 0; round < 3 && Mending.isPossible(mistake, latest); round++) {
            mending.apply(mistake, latest);
            latest = gateway.post("/v1/validations", draft).json();
        }
        assertThat(latest.path("status").asText()).as(latest::toPrettyString).isEqualTo("HEALTHY");
    }

    private static JsonNode draft(Mistake mistake) throws IOException {
        ObjectNode draft = JSON.createObjectNode().put("type", "S3").put("name", "Case");
        draft.putObject("target")
                .put("region", mistake.told().path("bucket").path("region").asText("us-east-1"))
                .put("bucket", "${bucket}");
        draft.set("access", JSON.readTree(mistake.usesKeys() ? KEYS : ROLE));
        mistake.input().ifPresent(input -> merge(draft, input));
        return draft;
    }

    /** A JSON merge patch: null removes a member. */
    private static void merge(ObjectNode draft, JsonNode change) {
        for (Map.Entry<String, JsonNode> member : change.properties()) {
            if (member.getValue().isNull()) {
                draft.remove(member.getKey());
            } else if (member.getValue().isObject() && draft.get(member.getKey()) instanceof ObjectNode inner) {
                merge(inner, member.getValue());
            } else {
                draft.set(member.getKey(), member.getValue());
            }
        }
    }
}
