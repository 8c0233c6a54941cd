package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The list: who is there, filters, pages, phones, the dark, and those who may only read. */
@QuarkusTest
class ListPageTest {
    @RegisterExtension
    final Browsing browsing = new Browsing();

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private FrontDoor door;

    @BeforeEach
    void open() {
        door = FrontDoor.as(admin);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void everyIntegrationHasItsRowInLightAndDarkAndOnAPhone() {
        Customer healthy = Customer.healthy();
        String id = add("Plant 7 recordings", healthy, true);
        admin.post("/v1/integrations/" + id + "/activate", null);
        Customer broken = new Customer().withRole(Customer.TRUST, Customer.PERMISSIONS);
        add("Rotterdam terminal", broken, true);
        add("Line 4 cameras", Customer.healthy(), false);

        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

        assertThat(integrations.row("Plant 7 recordings")).containsText("Healthy");
        assertThat(integrations.row("Plant 7 recordings")).containsText(healthy.name("bucket"));
        assertThat(integrations.row("Rotterdam terminal")).containsText("Unhealthy");
        assertThat(integrations.row("Line 4 cameras")).containsText("Unknown");
        assertThat(integrations.text("3 integrations: 1 active (1 healthy), 2 inactive (1 unhealthy, 1 unknown)."))
                .isVisible();
        assertThat(integrations.text("Recommendations: no versions kept (1).")).isVisible();
        integrations.isAccessible();

        integrations.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        integrations.isAccessible();
        integrations.page().setViewportSize(390, 844);
        integrations.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        integrations.isAccessible();
        assertFitsTheWidth(integrations);
    }

    @Test
    void aRecordThatCannotBeReadIsNamedAndHidesNoOther() {
        String bad = add("Plant 7", Customer.healthy(), false);
        add("Rotterdam", Customer.healthy(), false);
        Account.SERVICE
                .dynamoDb()
                .updateItem(request -> request.tableName(StoredData.TABLE)
                        .key(StoredData.key(tenant, bad))
                        .updateExpression("SET #bucket = :bucket")
                        .expressionAttributeNames(Map.of("#bucket", "bucket"))
                        .expressionAttributeValues(Map.of(":bucket", AttributeValue.fromS("No_Bucket"))));

        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

        assertThat(integrations.row("Rotterdam")).isVisible();
        assertThat(integrations.text("Some integrations cannot be shown")).containsText(bad);
        integrations.isAccessible();
    }

    @Test
    void oneThatNobodyCouldCheckForHoursIsNotShownAsHealthy() {
        Monitored blind = Monitored.active(Customer.healthy());
        Map<String, AttributeValue> health =
                new HashMap<>(Objects.requireNonNull(blind.item().get("health")).m());
        health.put("status", AttributeValue.fromS("STALE"));
        health.put("summary", AttributeValue.fromS("No check has learned anything since noon."));
        blind.overwrite("health", AttributeValue.fromM(health));
        door.close();
        door = FrontDoor.as(blind.admin());

        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

        assertThat(integrations.row("Plant 7")).containsText("Not checked lately");
        assertThat(integrations.row("Plant 7")).not().containsText("Healthy");
        assertThat(integrations.text("1 integration: 1 active, 1 not checked lately."))
                .isVisible();
        integrations.field("Health").selectOption("Not checked lately");
        assertThat(integrations.row("Plant 7")).isVisible();
        integrations.field("Health").selectOption("Healthy");
        assertThat(integrations.text("No integration matches these filters.")).isVisible();
    }

    @Test
    void filtersNarrowTheListAndSayWhenNothingIsLeft() {
        add("Plant 7", Customer.healthy(), false);
        add("Rotterdam", Customer.healthy(), false);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

        integrations.fill("Name starts with", "rott");
        assertThat(integrations.row("Plant 7")).isHidden();
        assertThat(integrations.row("Rotterdam")).isVisible();

        integrations.field("State").selectOption("Active");
        assertThat(integrations.text("No integration matches these filters.")).isVisible();
    }

    @Test
    void theLineAtTheHeadFollowsWhatIsDone() {
        add("Plant 7", Customer.healthy(), true);
        add("Rotterdam", Customer.healthy(), false);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("2 integrations: 0 active, 2 inactive (1 healthy, 1 unknown)."))
                .isVisible();

        integrations.press("Activate Plant 7");
        assertThat(integrations.text("Plant 7 is active.")).isVisible();
        assertThat(integrations.text("2 integrations: 1 active (1 healthy), 1 inactive (1 unknown)."))
                .isVisible();

        admin.post(
                "/v1/integrations/"
                        + admin.get("/v1/integrations?state=ACTIVE")
                                .json()
                                .at("/items/0/id")
                                .asText() + "/deactivate",
                null);
        integrations.press("Close").press("Refresh");
        assertThat(integrations.text("2 integrations: 0 active, 2 inactive (1 healthy, 1 unknown)."))
                .isVisible();
    }

    /** What the schedule finds must not wait until somebody tests. */
    @Test
    void whatStandsRecommendedIsShownWithoutATestAndOnceOnly() throws JsonProcessingException {
        add("Plant 7", Customer.healthy(), true);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

        integrations.press("Plant 7");

        assertThat(integrations.heading("1 recommendation")).isVisible();
        assertThat(integrations.text("keeps no versions")).isVisible();
        integrations.isAccessible().picture("advice");
        org.assertj.core.api.Assertions.assertThat(new ObjectMapper()
                        .readTree(integrations.copied("Versioning configuration"))
                        .path("Status")
                        .asText())
                .isEqualTo("Enabled");

        integrations.press("Test connection");
        assertThat(integrations.verdict()).hasText("The connection works");
        assertThat(integrations.heading("1 recommendation")).hasCount(1);
        assertThat(integrations.text("keeps no versions")).hasCount(1);
    }

    @Test
    void whereNothingIsRecommendedNothingIsSaidOfIt() {
        add("Plant 7", Customer.healthy(), false);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("1 integration: 0 active, 1 inactive (1 unknown)."))
                .isVisible();

        assertThat(integrations.text("Recommendations:")).isHidden();
        integrations.press("Plant 7");
        assertThat(integrations.heading("Plant 7")).isVisible();
        assertThat(integrations.text("recommendation")).isHidden();
    }

    @Test
    void withoutTheLineAtTheHeadTheListIsThere() {
        add("Plant 7", Customer.healthy(), false);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("1 integration: 0 active, 1 inactive (1 unknown)."))
                .isVisible();
        integrations.page().route("**/v1/summary", route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));

        integrations.press("Refresh");

        assertThat(integrations.text("1 integration:")).isHidden();
        assertThat(integrations.row("Plant 7")).isVisible();
    }

    @Test
    void aListThatCouldNotBeLoadedIsLoadedAtTheSecondTry() {
        add("Plant 7", Customer.healthy(), false);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.page().context().setOffline(true);
        integrations.press("Refresh");
        assertThat(integrations.text("The service cannot be reached.")).isVisible();
        integrations.isAccessible();

        integrations.page().context().setOffline(false);
        integrations.press("Try again");

        assertThat(integrations.row("Plant 7")).isVisible();
    }

    /** The rows before are still there, and so are their buttons. */
    @Test
    void whatIsDoneAfterAFailedRefreshLosesNoRow() {
        add("Plant 7", Customer.healthy(), false);
        add("Rotterdam", Customer.healthy(), false);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.row("Rotterdam")).isVisible();
        integrations.page().context().setOffline(true);
        integrations.press("Refresh");
        assertThat(integrations.text("The service cannot be reached.")).isVisible();
        integrations.page().context().setOffline(false);

        integrations.press("Delete Rotterdam");
        integrations.page().getByLabel("Type Rotterdam to confirm").fill("Rotterdam");
        integrations.press("Delete");

        assertThat(integrations.text("Rotterdam has been deleted.")).isVisible();
        assertThat(integrations.row("Plant 7")).isVisible();
        assertThat(integrations.text("No external integrations yet")).isHidden();
    }

    @Test
    void aLongListComesInPages() {
        for (int number = 0; number < 27; number++) {
            add("Plant " + number, new Customer(), false);
        }
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.page().locator("tbody tr")).hasCount(25);

        integrations.press("Show more");

        assertThat(integrations.page().locator("tbody tr")).hasCount(27);
        assertThat(integrations.button("Show more")).isHidden();
    }

    @Test
    void whoMayOnlyReadIsToldSo() {
        add("Plant 7", Customer.healthy(), false);
        try (FrontDoor readers = FrontDoor.as(Gateway.reader(tenant))) {
            IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), readers);

            integrations.press("Activate Plant 7");

            assertThat(integrations.text("You can view integrations, but you do not have permission to change them."))
                    .isVisible();
        }
    }

    /** Those who zoom or use a phone must not scroll sideways (WCAG 1.4.10). */
    @Test
    void thePanelFitsAPhone() {
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.page().setViewportSize(320, 700);

        integrations.press(IntegrationsPage.ADD);

        assertFitsTheWidth(integrations);
        integrations.isAccessible();
    }

    /** Whoever uses a keyboard must come back to where the panel was opened from. */
    @Test
    void aClosedPanelGivesTheFocusBack() {
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.button(IntegrationsPage.ADD).focus();

        integrations.page().keyboard().press("Enter");
        assertThat(integrations.heading("Add External Integration")).isFocused();
        integrations.page().keyboard().press("Escape");

        assertThat(integrations.button(IntegrationsPage.ADD)).isFocused();
    }

    private String add(String name, Customer customer, boolean validate) {
        return admin.post("/v1/integrations?validate=" + validate, customer.fill("""
                        {"type": "S3", "name": "%s", "target": {"region": "us-east-1", "bucket": "${bucket}"},
                         "access": {"method": "ASSUME_ROLE", "roleArn": "${roleArn}", "externalId": "${externalId}"}}""".formatted(name)))
                .json()
                .path("id")
                .asText();
    }

    private static void assertFitsTheWidth(IntegrationsPage integrations) {
        org.assertj.core.api.Assertions.assertThat(integrations
                        .page()
                        .evaluate("[document.documentElement, ...document.querySelectorAll('dialog[open] .body')]"
                                + ".every(e => e.scrollWidth <= e.clientWidth)"))
                .isEqualTo(true);
    }
}
