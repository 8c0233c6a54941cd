package dev.sea.integrations.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How many calls to AWS each operation makes: a measurement, run by {@code bench/run}. */
@QuarkusTest
class CallsOfOperations {
    private static final String ALL = "/v1/integrations";
    private final Gateway admin = Gateway.admin(Gateway.freshTenant());
    private final List<String> table = new ArrayList<>(List.of(
            "| operation | DynamoDB | Secrets Manager | STS | S3 | DynamoDB and Secrets Manager in detail |",
            "|---|---|---|---|---|---|"));

    @Test
    void count() throws IOException {
        Customer customer = Customer.healthy().withUser(Customer.PERMISSIONS);
        // So that the gateway role's session is there.
        admin.post("/v1/validations", Drafts.of(customer, "warm").toString());
        String role = ALL + "/"
                + measured("create, role, stored only", 201, () -> admin.post(ALL + "?validate=false", role(customer)))
                        .json()
                        .path("id")
                        .asText();
        measured("get", 200, () -> admin.get(role));
        measured("list", 200, () -> admin.get(ALL));
        measured("list, filtered", 200, () -> admin.get(ALL + "?state=ACTIVE&name=p"));
        measured("validate on demand, role", 200, () -> admin.post(role + "/validations", null));
        measured("activate on a fresh report", 200, () -> admin.post(role + "/activate", null));
        measured("deactivate", 200, () -> admin.post(role + "/deactivate", null));
        measured("activate with a new proof", 200, () -> admin.post(role + "/activate", null));
        measured("history", 200, () -> admin.get(role + "/validations"));
        measured("rename", 200, () -> patch(role, "{\"name\": \"renamed\"}"));
        measured(
                "change that does not pass",
                422,
                () -> patch(role, "{\"target\": {\"bucket\": \"no-such-bucket-7\"}}"));
        measured(
                "replace role by keys",
                200,
                () -> patch(role, keys(customer).only("/access").toString()));
        measured(
                "replace keys",
                200,
                () -> patch(role, keys(customer).only("/access").toString()));
        measured(
                "replace keys by role",
                200,
                () -> patch(role, Drafts.of(customer, "x").only("/access").toString()));
        admin.post(role + "/deactivate", null);
        measured("delete, role", 204, () -> admin.send("DELETE", role, null));
        measured("create, role", 201, () -> admin.post(ALL, role(customer)));
        String keys = ALL + "/"
                + measured(
                                "create, keys",
                                201,
                                () -> admin.post(ALL, keys(customer).toString()))
                        .json()
                        .path("id")
                        .asText();
        measured("validate on demand, keys", 200, () -> admin.post(keys + "/validations", null));
        measured("delete, keys", 204, () -> admin.send("DELETE", keys, null));
        Gateway repeating = admin.header("idempotency-key", "a");
        measured(
                "create, keys, with an idempotency key",
                201,
                () -> repeating.post(ALL, keys(customer).toString()));
        measured("the same again", 201, () -> repeating.post(ALL, keys(customer).toString()));
        measured("validate a draft, role", 200, () -> admin.post("/v1/validations", role(customer)));
        Files.createDirectories(Path.of("target", "bench"));
        Files.write(Path.of("target", "bench", "calls.md"), table);
    }

    private Gateway.Answer measured(String operation, int status, Supplier<Gateway.Answer> call) {
        long since = System.currentTimeMillis();
        Gateway.Answer answer = call.get();
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        List<LocalAws.Call> calls = LocalAws.calls(since, Map.of());
        Map<String, Long> detail = calls.stream()
                .filter(it -> it.service().equals("dynamodb") || it.service().equals("secretsmanager"))
                .collect(Collectors.groupingBy(LocalAws.Call::operation, TreeMap::new, Collectors.counting()));
        table.add("| %s | %d | %d | %d | %d | %s |"
                .formatted(
                        operation,
                        of(calls, "dynamodb"),
                        of(calls, "secretsmanager"),
                        of(calls, "sts"),
                        of(calls, "s3"),
                        detail.entrySet().stream()
                                .map(entry -> entry.getKey() + (entry.getValue() == 1 ? "" : " x" + entry.getValue()))
                                .collect(Collectors.joining(", "))));
        return answer;
    }

    private static long of(List<LocalAws.Call> calls, String service) {
        return calls.stream().filter(call -> call.service().equals(service)).count();
    }

    private Gateway.Answer patch(String path, String body) {
        return admin.header("if-match", "*").send("PATCH", path, body);
    }

    private static String role(Customer customer) {
        return Drafts.of(customer, "Plant 7").toString();
    }

    private static Drafts keys(Customer customer) {
        return Drafts.keysOf(customer, "Plant 8");
    }
}
