package dev.sea.integrations.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Scheduler;
import dev.sea.integrations.testing.TemplateRoutes;
import dev.sea.integrations.testing.TemplateRoutes.Route;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Each route of {@code template.yaml}, by whom it is asked: nobody, the wrong role, another tenant, the right one. */
@QuarkusTest
class AccessByRouteTest {
    private static final String ALL = "/v1/integrations";
    private static final String DESTINATION = "/v1/destinations/recordings";
    private static final String UNKNOWN = "int_01JD9Z00000000000000000000";
    private static final String TENANT = Gateway.freshTenant();
    private static final String GRANT_ID = "{grantId}";
    private static final Gateway NOBODY = Gateway.with(Map.of());

    private static Customer customer = new Customer();
    private static String active = UNKNOWN;

    private final Gateway admin = Gateway.admin(TENANT);
    private final Gateway workflow = Gateway.workflow(TENANT);
    private final String otherTenant = Gateway.freshTenant();

    @BeforeAll
    static void setUp() {
        customer = Customer.healthy();
        Account.CUSTOMER
                .s3("us-east-1")
                .putObject(request -> request.bucket(customer.name("bucket")).key("9f2c.mp4"), RequestBody.empty());
        Gateway admin = Gateway.admin(TENANT);
        active = made(admin);
        assertThat(admin.post(ALL + "/" + active + "/activate", null).status()).isEqualTo(200);
    }

    @BeforeEach
    void recordingsHaveADestination() {
        admin.header("If-None-Match", "*").send("PUT", DESTINATION, destination());
    }

    static List<Route> open() {
        return TemplateRoutes.all().stream().filter(Route::open).toList();
    }

    static List<Route> closed() {
        return TemplateRoutes.all().stream().filter(route -> !route.open()).toList();
    }

    static List<Route> ofOneIntegration() {
        return closed().stream().filter(route -> route.path().contains("{id}")).toList();
    }

    static List<Route> ofEither() {
        return closed().stream().filter(route -> !isOfBoth(route)).toList();
    }

    static List<Route> ofBoth() {
        return closed().stream().filter(AccessByRouteTest::isOfBoth).toList();
    }

    static List<Route> reading() {
        return closed().stream()
                .filter(route -> route.method().equals("GET") && !isOfWorkflows(route))
                .toList();
    }

    static List<Route> changing() {
        return closed().stream().filter(route -> !route.method().equals("GET")).toList();
    }

    @Test
    void whatIsOpenIsThePageAndHowToSignIn() {
        assertThat(open())
                .extracting(Route::path)
                .containsExactlyInAnyOrder("/", "/assets/{version}/{file}", "/v1/sign-in");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("closed")
    void withoutATokenItIsUnauthenticated(Route route) {
        Gateway.Answer answer = ask(NOBODY, route, UNKNOWN);

        assertThatItIsAProblem(answer, 401, "unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("closed")
    void withoutTenantOrRoleOfOursItIsForbidden(Route route) {
        for (Map<String, String> claims : List.of(
                Map.of("sub", "ada", "cognito:groups", "[SEA_SYSTEM_ADMIN]"),
                Map.of("sub", "ada", "custom:tenant_id", TENANT),
                Map.of("sub", "ada", "custom:tenant_id", TENANT, "cognito:groups", "[sea_system_admin ADMIN *]"),
                Map.of("sub", "ada", "custom:tenant_id", TENANT, "cognito:groups", "[internal:scheduler]"))) {
            assertThatItIsAProblem(ask(Gateway.with(claims), route, UNKNOWN), 403, "forbidden");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changing")
    void whoMayReadMayNotChange(Route route) {
        assertThatItIsAProblem(ask(Gateway.reader(TENANT), route, made()), 403, "forbidden");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reading")
    void whoMayReadReads(Route route) {
        assertThat(ask(Gateway.reader(TENANT), route, made()).status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofOneIntegration")
    void anotherTenantsIsAsOneThatNeverWas(Route route) {
        Gateway other = isOfWorkflows(route) ? Gateway.workflow(otherTenant) : Gateway.admin(otherTenant);
        Gateway.Answer foreign = ask(other, route, made());

        assertThatItIsAProblem(foreign, 404, "not-found");
        assertThat(foreign.json().path("detail"))
                .isEqualTo(ask(other, route, UNKNOWN).json().path("detail"));
        assertThat(foreign.text()).doesNotContain(TENANT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reading")
    void nothingThatIsReadShowsAnotherTenant(Route route) {
        String id = made();

        assertThat(ask(Gateway.admin(otherTenant), route, UNKNOWN).text())
                .doesNotContain(id)
                .doesNotContain(TENANT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("closed")
    void theRightCallerIsLetIn(Route route) {
        String id = route.path().equals(ALL) ? UNKNOWN : made();

        if (isOfWorkflows(route) && route.path().contains("{id}")) {
            assertThat(admin.post(ALL + "/" + id + "/activate", null).status()).isEqualTo(200);
        }
        Route asked = route.path().contains(GRANT_ID) ? ofGrant(route, id) : route;
        assertThat(ask(isOfWorkflows(route) ? workflow : admin, asked, id).status())
                .isBetween(200, 204);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofEither")
    void workflowsHaveRoutesOfTheirOwnAndNoOthers(Route route) {
        assertThatItIsAProblem(ask(isOfWorkflows(route) ? admin : workflow, route, made()), 403, "forbidden");
    }

    private static boolean isOfBoth(Route route) {
        return route.method().equals("GET")
                && (route.path().startsWith(DESTINATION)
                        || List.of("/targets", "/grants", "/evidence").stream().anyMatch(route.path()::endsWith));
    }

    private static boolean isOfWorkflows(Route route) {
        return (route.path().contains("/grants") && route.method().equals("POST"))
                || (route.path().contains("/recordings") && !route.path().startsWith(DESTINATION));
    }

    /** The route with the ID of a new grant. */
    private Route ofGrant(Route route, String id) {
        Gateway.Answer granted = workflow.post(ALL + "/" + id + "/grants", """
                {"purpose": "RECORD", "key": "9f2c.mp4", "contentLength": 0, "contentType": "video/mp4",
                 "sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}""");
        String path = route.path().replace(GRANT_ID, granted.json().path("id").asText());
        return new Route(route.method(), path, route.open());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("closed")
    void theSchedulersIdentityOpensNoRoute(Route route) {
        ObjectNode event = request(admin, route, made());
        event.withObject("/requestContext").remove(List.of("apiId", "authorizer"));

        assertThatItIsAProblem(Gateway.invoke(event), 403, "forbidden");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofBoth")
    void workflowsReadWhereRecordingsGo(Route route) {
        assertThat(ask(workflow, route, made()).status()).isEqualTo(200);
    }

    @Test
    void noTokenOpensWhatIsTheSchedulers() {
        for (Gateway caller : List.of(admin, workflow, Gateway.reader(TENANT), NOBODY)) {
            assertThat(caller.post(
                                    "/internal/sweeps",
                                    Scheduler.event(0, 1).path("body").textValue())
                            .status())
                    .isEqualTo(404);
        }
    }

    private Gateway.Answer ask(Gateway caller, Route route, String id) {
        return Gateway.invoke(request(caller, route, id));
    }

    private static ObjectNode request(Gateway caller, Route route, String id) {
        Gateway sender = switch (route.method()) {
            case "PATCH" -> caller.header("If-Match", "\"1\"").header("content-type", "application/merge-patch+json");
            case "PUT" -> caller.header("If-Match", "*");
            default -> caller;
        };
        ObjectNode event = sender.event(
                route.method(),
                route.path().replace("{id}", id).replace(GRANT_ID, "grt_01JD9Z00000000000000000000") + query(route),
                body(route));
        return event.put("routeKey", route.method() + " " + route.path());
    }

    private static String query(Route route) {
        return route.path().endsWith("/metadata") ? "?key=9f2c.mp4" : "";
    }

    private static @Nullable String body(Route route) {
        if (route.path().endsWith("/outcome")) {
            return "{\"result\": \"FAILED\"}";
        }
        return switch (route.method() + " " + route.path()) {
            case "POST /v1/integrations", "POST /v1/validations", "POST /v1/policies" -> draft();
            case "POST /v1/integrations/{id}/grants", "POST " + DESTINATION + "/grants" ->
                "{\"purpose\": \"PLAY\", \"key\": \"9f2c.mp4\"}";
            case "PUT " + DESTINATION -> destination();
            case "POST /v1/buckets/lookup" -> customer.fill("{\"bucket\": \"${bucket}\"}");
            case "PATCH /v1/integrations/{id}" -> "{\"description\": \"changed\"}";
            default -> null;
        };
    }

    private static String destination() {
        return "{\"primary\": \"" + active + "\"}";
    }

    private String made() {
        return made(admin);
    }

    private static String made(Gateway admin) {
        Gateway.Answer answer = admin.post(ALL + "?validate=false", draft());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private static String draft() {
        return new Customer()
                .fill("""
                {"type": "S3", "name": "Plant ${run}", "target": {"region": "us-east-1", "bucket": "%s"},
                 "access": {"method": "ASSUME_ROLE", "roleArn": "%s", "externalId": "%s"}}""".formatted(customer.name("bucket"), customer.name("roleArn"), customer.name("externalId")));
    }

    private static void assertThatItIsAProblem(Gateway.Answer answer, int status, String type) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:sea:problem:" + type);
    }
}
