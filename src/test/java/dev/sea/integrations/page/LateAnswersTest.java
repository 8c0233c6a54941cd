package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An answer that comes when something else is shown changes nothing there. */
@QuarkusTest
class LateAnswersTest {
    private static final String NOT_TESTED = "Not tested yet.";

    @RegisterExtension
    final Browsing browsing = new Browsing();

    private final Gateway admin = Gateway.admin(Gateway.freshTenant());

    /** What {@link #hold} has kept so far. */
    private final List<Route> held = new ArrayList<>();

    @AutoClose
    private FrontDoor door;

    private Customer customer;

    @BeforeEach
    void openDoor() {
        door = FrontDoor.as(admin);
        customer = Customer.healthy();
    }

    @Test
    void anActivationThatTakesLongIsNotShownInThePanelOfAnother() {
        add("Plant 7", customer);
        add("Plant 8", Customer.healthy());
        IntegrationsPage integrations = open();
        hold("**/activate");
        integrations.press("Activate Plant 7");
        waitForHeld(1);
        integrations.press("Close").press("Plant 8");

        release();

        assertThat(row("Plant 7")).containsText("Deactivate");
        assertThat(integrations.heading("Plant 8")).isVisible();
        assertThat(integrations.text("Plant 7 is active.")).isHidden();
    }

    @Test
    void aRefusedActivationIsNotShownInThePanelOfAnother() {
        add("Plant 7", new Customer().withRole(Customer.TRUST, Customer.PERMISSIONS));
        add("Plant 8", customer);
        IntegrationsPage integrations = open();
        hold("**/activate");
        integrations.press("Activate Plant 7");
        waitForHeld(1);
        integrations.press("Close").press("Plant 8");
        assertThat(integrations.text(NOT_TESTED)).isVisible();

        release();

        assertThat(integrations.button("Activate")).isVisible();
        assertThat(integrations.text("Not activated.")).isHidden();
        assertThat(integrations.verdict()).isHidden();
    }

    @Test
    void theHistoryOfAnotherIntegrationIsNotShown() {
        String tested = add("Plant 7", customer);
        admin.post("/v1/integrations/" + tested + "/validations", null);
        add("Plant 8", Customer.healthy());
        IntegrationsPage integrations = open();
        hold("**/" + tested + "/validations?*");
        integrations.press("Plant 7");
        waitForHeld(1);
        integrations.press("Close").press("Plant 8");
        assertThat(integrations.text(NOT_TESTED)).isVisible();

        release();

        assertThat(integrations.text(NOT_TESTED)).isVisible();
    }

    @Test
    void theValuesOfAnIntegrationDoNotReplaceWhatIsTyped() {
        String stored = add("Plant 7", customer);
        IntegrationsPage integrations = open();
        hold("**/v1/integrations/" + stored);
        integrations.press("Edit Plant 7");
        waitForHeld(1);
        integrations.press(IntegrationsPage.ADD).fill("Name", "Plant 9");

        release();

        assertThat(integrations.heading("Add External Integration")).isVisible();
        assertThat(integrations.field("Name")).hasValue("Plant 9");
    }

    @Test
    void anExternalIdThatWasGeneratedForOneFormIsNotFilledIntoAnother() {
        add("Plant 7", customer);
        IntegrationsPage integrations = open();
        hold("**/v1/external-ids");
        integrations.press(IntegrationsPage.ADD).press("Generate external ID");
        waitForHeld(1);
        integrations.press("Cancel").press("Edit Plant 7");
        assertThat(integrations.field("External ID")).hasValue(customer.name("externalId"));

        release();

        assertThat(integrations.button("Generate external ID")).isVisible();
        assertThat(integrations.field("External ID")).hasValue(customer.name("externalId"));
        assertThat(integrations.text("Reserved for your organization")).isHidden();
    }

    @Test
    void whatIsBeingAddedCannotBeDiscarded() {
        IntegrationsPage integrations = open();
        integrations.startAdding("Plant 7", customer).withRole(customer);
        hold("**/v1/integrations");
        integrations.press("Add");
        waitForHeld(1);

        assertThat(integrations.button("Cancel")).isDisabled();
        assertThat(integrations.button("Close")).isDisabled();
        browsing.page().keyboard().press("Escape");
        release();

        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
        integrations.press("Close").press(IntegrationsPage.ADD).press("Cancel");
        assertThat(integrations.heading("Add External Integration")).isHidden();
    }

    @Test
    void whatIsAddedWhileTheListLoadsIsListedOnce() {
        add("Plant 8", Customer.healthy());
        hold("**/v1/integrations?limit=*");
        IntegrationsPage integrations = open();
        integrations.startAdding("Plant 7", customer).withRole(customer).press("Add");
        assertThat(integrations.text("Plant 7 has been added.")).isVisible();

        release();

        assertThat(row("Plant 8")).hasCount(1);
        assertThat(row("Plant 7")).hasCount(1);
    }

    @Test
    void aDialogThatWasAskedForTwiceKeepsWhatIsChosen() {
        String id = add("Plant 7", customer);
        admin.post("/v1/integrations/" + id + "/activate", null);
        IntegrationsPage integrations = open();
        hold("**/v1/integrations?state=ACTIVE*");
        integrations.press("Choose destination").press("Choose destination");
        waitForHeld(1);
        answered(held.removeFirst());
        integrations.field("Primary").selectOption("Plant 7");

        release();

        assertThat(integrations.field("Primary")).hasValue(id);
    }

    private IntegrationsPage open() {
        return IntegrationsPage.open(browsing.page(), door);
    }

    private String add(String name, Customer whose) {
        return admin.post(
                        "/v1/integrations?validate=false",
                        Drafts.of(whose, name).toString())
                .json()
                .path("id")
                .asText();
    }

    /** Also those that are behind an open panel. */
    private Locator row(String name) {
        return browsing.page().locator("tbody tr").filter(new Locator.FilterOptions().setHasText(name));
    }

    /** Keeps what is sent there from now on. */
    private void hold(String path) {
        browsing.page().route(path, held::add);
    }

    private void waitForHeld(int calls) {
        browsing.page().waitForCondition(() -> held.size() >= calls);
    }

    private void release() {
        while (!held.isEmpty()) {
            answered(held.removeFirst());
        }
    }

    /** Lets a call go on, and the page read the answer. */
    private void answered(Route route) {
        Page page = browsing.page();
        page.waitForResponse(response -> response.request().equals(route.request()), route::resume)
                .finished();
        page.evaluate("() => new Promise(read => setTimeout(read, 100))");
    }
}
