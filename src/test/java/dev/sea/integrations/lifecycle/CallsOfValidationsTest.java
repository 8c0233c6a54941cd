package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds the table of {@code docs/measurements.md} that says which calls a validation makes in the customer's account. */
@QuarkusTest
class CallsOfValidationsTest {
    private static final Path DOCUMENT = Path.of("docs/measurements.md");
    private static final List<String> COLUMNS =
            List.of("role, full, first", "later", "light", "key, full, first", "later", "light");
    private static final Duration DUE = Duration.ofMinutes(70);

    @Inject
    TestClock clock;

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void theTableSaysWhatValidationsMake() throws IOException {
        List<Map<String, Long>> measured = new ArrayList<>(ofRole());
        measured.addAll(ofKey());

        assertThat(Files.readString(DOCUMENT)).contains(table(measured));
    }

    private List<Map<String, Long>> ofRole() {
        Map<String, Long> first = first(withRole(), """
                {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}""");
        Customer customer = withRole();
        return later(customer, first, Monitored.active(customer));
    }

    private static Customer withRole() {
        return encrypted().withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
    }

    private List<Map<String, Long>> ofKey() {
        Customer customer = encrypted().withUser(Customer.PERMISSIONS_WITH_KMS);
        Map<String, Long> first = first(customer, """
                {"method": "ACCESS_CREDENTIAL", "accessKeyId": "${accessKeyId}", "secretAccessKey": "${secretAccessKey}"}""");
        return later(customer, first, Monitored.activeWithKeys(customer));
    }

    private static Customer encrypted() {
        return new Customer().withKey().withBucket().withEncryptedBucket();
    }

    private static Map<String, Long> first(Customer customer, String access) {
        String draft = customer.fill("""
                {"type": "S3", "target": {"region": "us-east-1", "bucket": "${bucket}"}, "access": %s}""".formatted(access));
        return calls(
                customer, () -> passes(Gateway.admin(Gateway.freshTenant()).post("/v1/validations", draft), "FULL"));
    }

    private List<Map<String, Long>> later(Customer customer, Map<String, Long> first, Monitored integration) {
        Map<String, Long> full = calls(
                customer, () -> passes(integration.admin().post(integration.path() + "/validations", null), "FULL"));
        clock.advance(DUE);
        Map<String, Long> light = calls(customer, integration::sweep);
        passes(integration.admin().get(integration.path() + "/validations"), "LIGHT");
        return List.of(first, full, light);
    }

    private static void passes(Gateway.Answer answer, String scope) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var report = answer.json().has("items") ? answer.json().at("/items/0") : answer.json();
        assertThat(report.path("status").asText()).as(answer.text()).isEqualTo("HEALTHY");
        assertThat(report.path("scope").asText()).isEqualTo(scope);
    }

    /** The signed calls about a customer's role, user, bucket and key, by operation. */
    private static Map<String, Long> calls(Customer customer, Runnable validation) {
        long since = System.currentTimeMillis();
        validation.run();
        Set<LocalAws.Call> calls = new LinkedHashSet<>();
        Map.of("bucket", "bucket", "roleArn", "roleArn", "accessKeyId", "accessKeyId", "keyId", "keyArn")
                .forEach((fact, name) -> {
                    if (customer.names().containsKey(name)) {
                        calls.addAll(LocalAws.calls(since, Map.of(fact, customer.name(name))));
                    }
                });
        return calls.stream()
                .filter(call -> !call.isUnsigned())
                .collect(Collectors.groupingBy(CallsOfValidationsTest::name, TreeMap::new, Collectors.counting()));
    }

    private static String name(LocalAws.Call call) {
        return "`" + call.operation() + "`" + (call.isPresigned() ? " by a presigned URL" : "");
    }

    private static String table(List<Map<String, Long>> measured) {
        Set<String> names = new TreeSet<>();
        measured.forEach(each -> names.addAll(each.keySet()));
        StringBuilder table = new StringBuilder(
                "| call | " + String.join(" | ", COLUMNS) + " |\n|---" + "|---".repeat(COLUMNS.size()) + "|\n");
        for (String name : names) {
            table.append(row(
                    name,
                    measured.stream().map(each -> each.getOrDefault(name, 0L)).toList()));
        }
        return table.append(row(
                        "all",
                        measured.stream()
                                .map(each -> each.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                                .toList()))
                .toString();
    }

    private static String row(String name, List<Long> counts) {
        return "| " + name + " | " + counts.stream().map(String::valueOf).collect(Collectors.joining(" | ")) + " |\n";
    }
}
