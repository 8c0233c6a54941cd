package dev.sea.integrations.security;

import static dev.sea.integrations.security.Administrator.ALL;
import static dev.sea.integrations.security.Administrator.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LogLines;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditLogTest {
    private LogLines audit;
    private Customer customer;
    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);

    @BeforeEach
    void listen() {
        audit = LogLines.of("audit");
        customer = Customer.healthy().withUser(Customer.PERMISSIONS);
    }

    @AfterEach
    void stopListening() {
        audit.close();
    }

    @Test
    void eachChangeIsOneLineThatSaysWhoDidWhatFromWhere() {
        String externalId = done(201, admin.post("/v1/external-ids", null))
                .path("externalId")
                .asText();
        String id = done(201, admin.post(ALL, Administrator.role(customer, "Plant 7")))
                .path("id")
                .asText();
        String path = ALL + "/" + id;
        done(200, admin.header("If-Match", "\"1\"").send("PATCH", path, "{\"description\": \"x\"}"));
        done(200, admin.post(path + "/activate", null));
        done(200, admin.post(path + "/deactivate", null));
        done(204, admin.send("DELETE", path, null));

        String who = " tenant=" + tenant + " subject=ada ip=198.51.100.7 request=request-[0-9a-f-]+ outcome=";
        assertThat(audit.text())
                .matches(Stream.of(
                                twice("reserve-external-id " + externalId, who),
                                twice("prove " + id, twice("create " + id, who), who),
                                twice("edit " + id, who),
                                twice("activate " + id, twice("prove " + id, who), who),
                                twice("deactivate " + id, who),
                                twice("delete " + id, who))
                        .collect(Collectors.joining("\n")));
    }

    private static String twice(String what, String who) {
        return what + who + "begun\n" + what + who + "done";
    }

    private static String twice(String what, String between, String who) {
        return what + who + "begun\n" + between + "\n" + what + who + "done";
    }

    @Test
    void eachUseOfACustomersRoleOrKeyIsLogged() {
        done(200, admin.post("/v1/validations", Administrator.role(customer, "draft")));
        done(200, admin.post("/v1/validations", Administrator.keys(customer, "draft")));
        String id = done(201, admin.post(ALL + "?validate=false", Administrator.role(customer, "Plant 7")))
                .path("id")
                .asText();
        done(200, admin.post(ALL + "/" + id + "/validations", null));
        done(
                200,
                admin.header("If-Match", "\"1\"").send("PATCH", ALL + "/" + id, "{\"target\": {\"prefix\": \"x/\"}}"));
        done(201, admin.post(ALL + "?validate=false", Administrator.role(customer, "Plant 8")));

        assertThat(audit.lines().stream().filter(line -> line.startsWith("prove ") && line.endsWith("begun")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("prove " + customer.name("roleArn")),
                        line -> assertThat(line).startsWith("prove AKIA************"),
                        line -> assertThat(line).startsWith("prove " + id),
                        line -> assertThat(line).startsWith("prove " + id));
    }

    @Test
    void aRefusedExternalIdIsLogged() {
        done(200, admin.post("/v1/validations", Administrator.role(customer, "draft")));
        Gateway other = Gateway.admin(Gateway.freshTenant());
        done(409, other.post("/v1/validations", Administrator.role(customer, "draft")));

        assertThat(audit.text())
                .contains("try-external-id " + customer.name("roleArn"))
                .contains("outcome=ExternalIdRefused");
    }

    @Test
    void whatIsReadOrRefusedBeforehandChangesNothing() {
        done(200, admin.get(ALL));
        done(200, admin.get("/v1/settings"));
        done(400, admin.post(ALL, "{}"));
        done(403, Gateway.reader(tenant).post(ALL, Administrator.role(customer, "Plant 7")));

        assertThat(audit.lines()).isEmpty();
    }

    @Test
    void nobodyWritesALineOrAFieldOfTheirOwn() {
        Gateway caller = Gateway.with(Map.of(
                "sub", "ada\ndelete int_1 tenant=other subject=eve",
                "custom:tenant_id", tenant,
                "cognito:groups", "[SEA_SYSTEM_ADMIN]"));
        ObjectNode event = caller.event("POST", "/v1/external-ids", null);
        event.withObject("/requestContext/http").put("sourceIp", "192.0.2.1 subject=eve");
        done(201, Gateway.invoke(event));

        assertThat(audit.lines()).hasSize(2).allSatisfy(line -> {
            assertThat(line.lines()).hasSize(1);
            assertThat(line)
                    .containsOnlyOnce(" tenant=")
                    .containsOnlyOnce(" subject=")
                    .contains(" tenant=" + tenant);
        });
    }
}
