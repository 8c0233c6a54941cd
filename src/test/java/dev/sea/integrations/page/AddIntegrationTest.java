package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The product's procedure, step by step, for both methods; and what happens when a step goes wrong. */
@QuarkusTest
class AddIntegrationTest {
    @RegisterExtension
    final Browsing browsing = new Browsing();

    private final String tenant = Gateway.freshTenant();
    private FrontDoor door;
    private IntegrationsPage integrations;

    @BeforeEach
    void open() {
        door = FrontDoor.as(Gateway.admin(tenant));
        integrations = IntegrationsPage.open(browsing.page(), door);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void fromAnEmptyPageToAnActiveIntegrationWithThePoliciesThatThePageWrote() {
        Customer customer = new Customer().withBucket();
        assertThat(integrations.heading("No external integrations yet")).isVisible();
        integrations.isAccessible();

        integrations
                .startAdding("Plant 7 recordings", customer)
                .describe("Inline sessions of plant 7")
                .choose("Assume Role")
                .press("Generate external ID");
        assertThat(integrations.field("External ID")).hasValue(Pattern.compile("sea-[a-z2-7]{32}"));
        assertThat(integrations.button("Copy Trust policy")).isVisible();
        integrations.isAccessible();
        integrations.heading("No role yet? Create it in AWS").evaluate("heading => heading.scrollIntoView()");
        integrations.picture("guide");

        customer.withRole(integrations.copied("Trust policy"), integrations.copied("Permissions policy"));
        integrations.fill("Role ARN", customer.name("roleArn")).press("Test connection");
        assertThat(integrations.verdict()).hasText("The connection works");
        integrations.isAccessible();

        integrations.press("Add");
        assertThat(integrations.text("Plant 7 recordings has been added.")).isVisible();
        assertThat(integrations.verdict()).hasText("The connection works");

        integrations.press("Activate");
        assertThat(integrations.text("Plant 7 recordings is active.")).isVisible();
        integrations.isAccessible();
        integrations.press("Close");
        assertThat(integrations.row("Plant 7 recordings")).containsText("Healthy");
        assertThat(integrations.row("Plant 7 recordings")).containsText("Active");
        assertThat(integrations.row("Plant 7 recordings")).containsText("Assume Role");
    }

    @Test
    void aStoredAccessKeyIsAddedAndItsSecretNeverComesBack() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        String secret = customer.name("secretAccessKey");

        integrations.startAdding("Old archive", customer).withKey(customer);
        // Comes along with what is pasted.
        integrations.fill("Secret Access Key", "  " + secret + "\t").press("Test connection");
        assertThat(integrations.verdict()).hasText("The connection works");
        integrations.isAccessible();
        integrations.press("Add");

        assertThat(integrations.verdict()).hasText("The connection works");
        assertThat(integrations.field("Secret Access Key")).hasValue("");
        assertThat(integrations.page().content()).doesNotContain(secret);
        assertThat(integrations.page().locator("#details-sheet .body > .facts")).containsText("****");
    }

    @Test
    void errorsLandOnTheFieldsThatTheyNameAndNothingTypedIsLost() {
        Customer customer = new Customer().withBucket();
        integrations
                .startAdding("Plant 7", customer)
                .fill("Bucket", "Not_A_Bucket")
                .choose("Assume Role")
                .fill("Role ARN", "arn:aws:iam::222233334444:role/recorder")
                .press("Add");

        assertThat(integrations.heading("3 fields have errors")).isVisible();
        assertThat(integrations.error("Role ARN")).containsText("SEA_ext_access_");
        assertThat(integrations.error("External ID")).containsText("This field is required.");
        assertThat(integrations.error("Bucket")).isVisible();
        assertThat(integrations.field("Bucket")).hasAttribute("aria-invalid", "true");
        assertThat(integrations.field("Bucket")).hasValue("Not_A_Bucket");
        assertThat(integrations.field("Name")).hasValue("Plant 7");
        integrations.isAccessible();

        integrations
                .page()
                .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("External ID"))
                .click();
        assertThat(integrations.field("External ID")).isFocused();
    }

    /** The gateway or a proxy may answer instead of the service. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | application/json | {\"message\":\"Unauthorized\"}        | Sign in again in another tab",
                "429 | application/json | {\"message\":\"Too Many Requests\"}   | Wait a moment, then try again.",
                "503 | application/json | {\"message\":\"Service Unavailable\"} | Try again in a minute.",
                "502 | text/html        | <html><h1>Bad Gateway</h1></html>       | Try again in a minute.",
                "200 | text/html        | <html><h1>Welcome to the hotel</h1></html> | Check your network and try again."
            })
    void whatWasTypedSurvivesAnAnswerThatIsNotFromTheService(int status, String type, String body, String advice) {
        Customer customer = Customer.healthy();
        integrations.startAdding("Plant 7", customer).withRole(customer);
        integrations
                .page()
                .route(
                        "**/v1/integrations",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setStatus(status)
                                .setContentType(type)
                                .setBody(body)));

        integrations.press("Add");

        assertThat(integrations.text(advice)).isVisible();
        assertThat(integrations.field("Name")).hasValue("Plant 7");
        assertThat(integrations.field("Bucket")).hasValue(customer.name("bucket"));
        assertThat(integrations.field("External ID")).hasValue(customer.name("externalId"));
        integrations.page().unroute("**/v1/integrations");
        integrations.press("Add");
        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
    }

    @Test
    void anExternalIdThatWasGeneratedAndLostIsOfferedAgain() {
        Customer customer = new Customer().withBucket();
        integrations.startAdding("Plant 7", customer).choose("Assume Role").press("Show reserved external IDs");
        assertThat(integrations.text("Generate a new one.")).isVisible();
        integrations.press("Generate external ID");
        assertThat(integrations.field("External ID")).hasValue(Pattern.compile("sea-[a-z2-7]{32}"));
        String lost = integrations.field("External ID").inputValue();
        integrations.press("Cancel").press("Discard");

        integrations.startAdding("Plant 7", customer).choose("Assume Role").press("Show reserved external IDs");
        assertThat(integrations.button("Use " + lost)).isVisible();
        integrations.isAccessible();
        integrations.press("Use " + lost);

        assertThat(integrations.field("External ID")).hasValue(lost);
        assertThat(integrations.field("External ID")).isFocused();
        assertThat(integrations.button("Use " + lost)).isHidden();
    }

    @Test
    void aUserWithThePolicyThatThePageWroteIsHealthy() {
        Customer customer = new Customer().withBucket();
        integrations.startAdding("Old archive", customer).choose("Access Credential");
        customer.withUser(integrations.copied("User permissions policy"));

        integrations.withKey(customer).press("Test connection");

        assertThat(integrations.verdict()).hasText("The connection works");
    }

    @Test
    void byKeyboardAloneFromTheListToAnActiveIntegration() {
        Customer customer = Customer.healthy();

        integrations
                .enter(IntegrationsPage.ADD)
                .typeInto("Name", "Plant 7")
                .typeInto("Region", customer.region())
                .typeInto("Bucket", customer.name("bucket"))
                .typeInto("Role ARN", customer.name("roleArn"))
                .typeInto("External ID", customer.name("externalId"));
        integrations.page().keyboard().press("Enter");
        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
        integrations.enter("Activate");

        assertThat(integrations.text("Plant 7 is active.")).isVisible();
        integrations.page().keyboard().press("Escape");
        assertThat(integrations.row("Plant 7")).containsText("Active");
    }

    @Test
    void theRoleCanBeMadeInFourWaysEachToCopyAndToDownload() {
        Customer customer = new Customer();
        integrations.startAdding("Plant 7", customer).fill("External ID", customer.name("externalId"));
        assertThat(integrations.button("Copy Trust policy")).isVisible();

        Map.of(
                        "CloudFormation",
                        "CloudFormation template",
                        "Terraform",
                        "Terraform configuration",
                        "AWS CLI",
                        "AWS CLI commands")
                .forEach((tab, title) -> {
                    integrations.page().getByRole(AriaRole.TAB, named(tab)).click();
                    assertThat(integrations.copied(title))
                            .contains(customer.name("externalId"), customer.name("bucket"));
                    assertThat(integrations.page().getByRole(AriaRole.LINK, named("Download " + title)))
                            .isVisible();
                });
        integrations.isAccessible();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    @Test
    void aRegionIsFoundByItsPlaceEvenBeforeTheListOfRegionsHasCome() {
        CompletableFuture<Route> held = new CompletableFuture<>();
        integrations.page().route("**/v1/settings", held::complete);
        integrations.page().reload();
        integrations.page().waitForCondition(held::isDone);
        integrations.press(IntegrationsPage.ADD).fill("Region", "irel");
        integrations.page().keyboard().press("Tab");

        held.join().resume();

        assertThat(integrations.field("Region")).hasValue("eu-west-1");
    }

    @Test
    void aRegionIsFoundByItsPlace() {
        integrations.press(IntegrationsPage.ADD).fill("Region", "irel");
        integrations.page().keyboard().press("Tab");

        assertThat(integrations.field("Region")).hasValue("eu-west-1");
        assertThat(integrations.text("Europe (Ireland).")).isVisible();
    }

    @Test
    void aTypedSecretSurvivesAFailure() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        integrations.startAdding("", customer).withKey(customer).press("Add");

        assertThat(integrations.error("Name")).containsText("required");
        assertThat(integrations.field("Secret Access Key")).hasValue(customer.name("secretAccessKey"));
        assertThat(integrations.field("Secret Access Key")).hasAttribute("type", "password");
    }

    @Test
    void whereTheServiceCannotBeReachedTheFormStaysAndTheSecondTryWorks() {
        Customer customer = Customer.healthy();
        integrations.startAdding("Plant 7", customer).withRole(customer);
        integrations.page().context().setOffline(true);
        integrations.press("Add");
        assertThat(integrations.heading("The service cannot be reached. Check your network and try again."))
                .isVisible();

        integrations.page().context().setOffline(false);
        integrations.press("Add");

        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
    }

    @Test
    void whatWasRefusedIsAddedOnceNothingStandsInTheWay() {
        Gateway admin = Gateway.admin(tenant);
        Gateway.Answer taken = admin.post(
                "/v1/integrations?validate=false",
                Drafts.of(Customer.healthy(), "Plant 7").toString());
        Customer customer = Customer.healthy();
        integrations.startAdding("Plant 7", customer).withRole(customer).press("Add");
        assertThat(integrations.error("Name")).containsText("Another integration has this name.");

        admin.send("DELETE", taken.header("Location"), null);
        integrations.press("Add");

        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
    }

    @Test
    void leavingAFilledFormAsksFirst() {
        integrations.press(IntegrationsPage.ADD).fill("Name", "Plant 7");

        integrations.page().keyboard().press("Escape");
        assertThat(integrations.heading("Discard what you entered?")).isVisible();
        integrations.press("Keep editing");
        assertThat(integrations.field("Name")).hasValue("Plant 7");

        integrations.press("Cancel").press("Discard");
        assertThat(integrations.heading("Add External Integration")).isHidden();
    }

    /** Whoever cannot hover learns the prefix by keyboard, and gets the text out of the way by keyboard (WCAG 1.4.13). */
    @Test
    void theInfoIconShowsThePrefixOnFocusAndEscapeHidesIt() {
        integrations.press(IntegrationsPage.ADD).button("About the Role ARN").focus();
        assertThat(integrations.page().getByRole(AriaRole.TOOLTIP)).containsText("SEA_ext_access_");

        integrations.page().keyboard().press("Escape");

        assertThat(integrations.page().getByRole(AriaRole.TOOLTIP)).isHidden();
        assertThat(integrations.heading("Add External Integration")).isVisible();
    }
}
