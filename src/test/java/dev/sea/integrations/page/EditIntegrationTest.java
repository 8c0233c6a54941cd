package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can be done with an integration that is stored. */
@QuarkusTest
class EditIntegrationTest {
    @RegisterExtension
    final Browsing browsing = new Browsing();

    private final Gateway admin = Gateway.admin(Gateway.freshTenant());

    @AutoClose
    private FrontDoor door;

    @BeforeEach
    void openDoor() {
        door = FrontDoor.as(admin);
    }

    @Test
    void aNewBucketTakesTheOldOnesPlaceOnlyWhenItWorks() {
        Customer customer = Customer.healthy();
        String id = add("Plant 7", customer, ROLE);
        Customer next = Customer.healthy();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

        integrations.press("Edit Plant 7").fill("Bucket", next.name("bucket"));
        assertThat(integrations.text("nothing is changed")).isVisible();
        integrations.press("Save");

        assertThat(integrations.verdict()).isVisible();
        assertThat(integrations.text("Wait a minute, then try again.")).isVisible();
        integrations.isAccessible();
        assertThat(integrations.field("Bucket")).hasValue(next.name("bucket"));
        assertThat(bucketOf(id)).isEqualTo(customer.name("bucket"));

        customer.withPermissions(Customer.PERMISSIONS.replace("${bucket}", next.name("bucket")));
        integrations.press("Save");
        assertThat(integrations.text("Plant 7 has been saved.")).isVisible();
        assertThat(bucketOf(id)).isEqualTo(next.name("bucket"));
    }

    @Test
    void anAccessKeyIsReplacedWithoutTheOldOneBeingShown() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        add("Old archive", customer, KEY);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

        integrations.press("Edit Old archive");
        assertThat(integrations.text("Its secret is never shown.")).isVisible();
        assertThat(integrations.field("Secret Access Key")).isHidden();
        integrations.isAccessible();
        integrations.describe("With last year's recordings").press("Save");
        assertThat(integrations.text("Old archive has been saved.")).isVisible();

        integrations.press("Edit").press("Replace access key");
        integrations.fill("Access Key", customer.name("accessKeyId")).fill("Secret Access Key", "wrong".repeat(8));
        integrations.press("Save");
        assertThat(integrations.check("The credentials work")).containsText("What to do");

        integrations.fill("Secret Access Key", customer.name("secretAccessKey")).press("Save");
        assertThat(integrations.text("Old archive has been saved.")).isVisible();
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsNotOverwritten() {
        String id = add("Plant 7", Customer.healthy(), ROLE);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.press("Edit Plant 7").describe("mine");
        admin.header("if-match", admin.get("/v1/integrations/" + id).header("ETag"))
                .header("content-type", "application/merge-patch+json")
                .send("PATCH", "/v1/integrations/" + id, "{\"description\": \"theirs\", \"name\": \"Plant 8\"}");

        integrations.press("Save");

        assertThat(integrations.text("Somebody else changed this integration while you were editing."))
                .isVisible();
        assertThat(integrations.field("Name")).hasValue("Plant 8");
        assertThat(integrations.page().getByLabel("Description")).hasValue("mine");
        assertThat(integrations.page().locator("#description-error")).containsText("“theirs”");
        integrations.isAccessible();

        integrations.press("Save");
        assertThat(integrations.text("Plant 8 has been saved.")).isVisible();
        assertThat(admin.get("/v1/integrations/" + id)
                        .json()
                        .path("description")
                        .asText())
                .isEqualTo("mine");
    }

    @Test
    void anotherMethodThatSomebodyElseChoseIsShown() {
        Customer customer = Customer.healthy().withUser(Customer.PERMISSIONS);
        String id = add("Plant 7", customer, ROLE);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.press("Edit Plant 7").describe("mine");
        Gateway.Answer theirs = admin.header("if-match", "*")
                .send("PATCH", "/v1/integrations/" + id, customer.fill("{\"access\": " + KEY + "}"));
        assertThat(theirs.status()).as(theirs.text()).isEqualTo(200);

        integrations.press("Save");

        assertThat(integrations.text("Somebody else changed this integration while you were editing."))
                .isVisible();
        assertThat(integrations.text("Authentication method: Somebody else changed this."))
                .isVisible();
        integrations.isAccessible();
        integrations.press("Save");
        assertThat(integrations.text("Plant 7 has been saved.")).isVisible();
    }

    @Test
    void theKeyboardIsBackAtTheRowWhenThePanelCloses() {
        add("Plant 7", Customer.healthy(), ROLE);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.press("Plant 7").press("Test connection");
        assertThat(integrations.verdict()).hasText("The connection works");
        assertThat(integrations.page().locator(".past li")).hasCount(1);

        integrations.page().keyboard().press("Escape");

        assertThat(integrations.button("Plant 7")).isFocused();
    }

    /** The stored secret stays with the service; a test of the old bucket would say nothing of the new one. */
    @Test
    void aStoredKeyIsNotSaidToWorkWithABucketThatItWasNotTriedOn() {
        add("Old archive", new Customer().withBucket().withUser(Customer.PERMISSIONS), KEY);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.press("Edit Old archive").press("Test connection");
        assertThat(integrations.verdict()).hasText("The connection works");

        integrations.fill("Bucket", "another-bucket").press("Test connection");

        assertThat(integrations.text("Save tests the new values with the stored access key"))
                .isVisible();
        assertThat(integrations.verdict()).isHidden();
    }

    @Test
    void activationIsRefusedWithTheReport() {
        add("Plant 7", new Customer().withRole(Customer.TRUST, Customer.PERMISSIONS), ROLE);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

        integrations.press("Activate Plant 7");

        assertThat(integrations.text("Not activated.")).isVisible();
        assertThat(integrations.check("The bucket exists in this Region")).containsText("Failed");
        integrations.isAccessible();
    }

    @Test
    void onlyAnInactiveIntegrationIsDeletedAndOnlyByItsName() {
        String id = add("Plant 7", Customer.healthy(), ROLE);
        admin.post("/v1/integrations/" + id + "/activate", null);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.button("Delete Plant 7")).isHidden();

        integrations.press("Deactivate Plant 7").press("Deactivate");
        assertThat(integrations.text("Plant 7 is inactive.")).isVisible();
        integrations.press("Delete Plant 7");
        assertThat(integrations.button("Delete")).isDisabled();
        integrations.isAccessible();
        integrations.page().getByLabel("Type Plant 7 to confirm").fill("Plant 7");
        integrations.press("Delete");

        assertThat(integrations.text("Plant 7 has been deleted.")).isVisible();
        assertThat(admin.get("/v1/integrations/" + id).status()).isEqualTo(404);
    }

    @Test
    void theHistoryShowsEachTest() {
        Customer customer = Customer.healthy();
        add("Plant 7", customer, ROLE);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

        integrations.press("Test Plant 7");
        assertThat(integrations.verdict()).hasText("The connection works");

        assertThat(integrations.page().locator(".past li")).hasCount(1);
        assertThat(integrations.page().locator(".timeline")).isVisible();
    }

    private static final String ROLE =
            "{\"method\": \"ASSUME_ROLE\", \"roleArn\": \"${roleArn}\", \"externalId\": \"${externalId}\"}";
    private static final String KEY =
            "{\"method\": \"ACCESS_CREDENTIAL\", \"accessKeyId\": \"${accessKeyId}\", \"secretAccessKey\": \"${secretAccessKey}\"}";

    private String add(String name, Customer customer, String access) {
        return admin.post("/v1/integrations?validate=false", customer.fill("""
                        {"type": "S3", "name": "%s", "target": {"region": "us-east-1", "bucket": "${bucket}"},
                         "access": %s}""".formatted(name, access)))
                .json()
                .path("id")
                .asText();
    }

    private String bucketOf(String id) {
        return admin.get("/v1/integrations/" + id).json().at("/target/bucket").asText();
    }
}
