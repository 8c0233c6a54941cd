package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line that says where recordings go, the dialog that chooses it, and what else the page says of it. */
@QuarkusTest
class DestinationPageTest {
    private static final String PATH = "/v1/destinations/recordings";
    private static final String NOT_SET = "No destination of recordings is set.";

    @RegisterExtension
    final Browsing browsing = new Browsing();

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);

    @AutoClose
    private FrontDoor door;

    @BeforeEach
    void openDoor() {
        door = FrontDoor.as(admin);
    }

    @Test
    void whereNothingCanBeChosenNothingIsSaid() {
        created("Plant 7");
        IntegrationsPage integrations = open();

        assertThat(integrations.row("Plant 7")).isVisible();
        assertThat(line(integrations)).isHidden();
    }

    @Test
    void anAdministratorChoosesByKeyboardWhereRecordingsGoAndWhoStandsBy() {
        String primary = active("Plant 7");
        // Each has a first letter of its own: a list forgets after a second what was typed.
        String secondary = active("Quay 8");
        created("Plant 9");
        IntegrationsPage integrations = open();
        assertThat(line(integrations)).containsText(NOT_SET);
        integrations.isAccessible();

        integrations.enter("Choose destination");
        assertThat(integrations.heading("Destination of recordings")).isFocused();
        assertThat(primary(integrations).locator("option")).hasCount(3);
        integrations.isAccessible();
        integrations.tabTo(primary(integrations));
        integrations.page().keyboard().press("P");
        integrations.tabTo(secondary(integrations));
        integrations.page().keyboard().press("Q");
        integrations.enter("Save");

        assertThat(line(integrations)).containsText("Recordings have gone to Plant 7 since");
        assertThat(line(integrations)).containsText("Quay 8 stands by.");
        assertThat(line(integrations)).containsText("Ready");
        assertThat(line(integrations).getByRole(AriaRole.STATUS)).containsText("Recordings have gone to Plant 7");
        assertThat(integrations.button("Change destination")).isFocused();
        integrations.isAccessible();
        assertThat(admin.get(PATH).json().path("primary").asText()).isEqualTo(primary);
        assertThat(admin.get(PATH).json().path("secondary").asText()).isEqualTo(secondary);
    }

    @Test
    void theSecondaryInUseIsToldWithTheReasonAndWithoutReload() {
        String primary = active("Plant 7");
        set(primary, active("Plant 8"));
        browsing.page().clock().install();
        IntegrationsPage integrations = open();
        assertThat(line(integrations)).containsText("Plant 8 stands by.");
        assertThat(line(integrations).getByRole(AriaRole.STATUS)).isEmpty();

        new StoredData(tenant).makeUnhealthy(primary);
        integrations.page().clock().fastForward(61_000);

        assertThat(line(integrations)).containsText("Secondary in use");
        assertThat(line(integrations)).containsText("Recordings have gone to Plant 8, the secondary, since");
        assertThat(line(integrations)).containsText("The primary, Plant 7, is not ready: its last validations failed.");
        assertThat(line(integrations).getByRole(AriaRole.STATUS)).containsText("Secondary in use");
        integrations.isAccessible();
    }

    @Test
    void oneThatCannotStandByIsNamedAndSoIsThatNobodyDoes() {
        String primary = active("Plant 7");
        String secondary = active("Plant 8");
        set(primary, secondary);
        new StoredData(tenant).makeUnhealthy(secondary);
        IntegrationsPage integrations = open();
        assertThat(line(integrations)).containsText("Plant 8 cannot stand by: its last tests failed.");

        choose(integrations, "Plant 7", "None");

        assertThat(line(integrations)).containsText("No other one stands by.");
    }

    @Test
    void whenNeitherCanSessionsCannotStart() {
        String primary = active("Plant 7");
        set(primary, null);
        new StoredData(tenant).makeUnhealthy(primary);
        IntegrationsPage integrations = open();

        assertThat(line(integrations)).containsText("Not ready");
        assertThat(line(integrations)).containsText("Sessions that must be recorded cannot start.");
        assertThat(line(integrations)).containsText("The primary, Plant 7, is not ready");
        integrations.isAccessible();
    }

    /** What was read a while ago may be wrong by now. */
    @Test
    void whenTheServiceDoesNotAnswerTheLineDoesNotSayReady() {
        set(active("Plant 7"), null);
        browsing.page().clock().install();
        IntegrationsPage integrations = open();
        assertThat(line(integrations)).containsText("Ready");
        // The SDK repeats 500, 502, 503 and 504, for five seconds in all.
        try (LocalAws.Fault _ = LocalAws.error(501, "NotImplemented", "dynamodb", "BatchGetItem", Map.of(), 1_000)) {
            integrations.page().clock().fastForward(61_000);
            assertThat(line(integrations)).containsText("It is not known whether recordings can be stored now.");
            assertThat(line(integrations)).not().containsText("Ready");
            integrations.isAccessible();
        }

        integrations.enter("Ask again");

        assertThat(line(integrations)).containsText("Ready");
        assertThat(line(integrations)).isFocused();
    }

    @Test
    void whoeverWasLaterSeesWhatIsSetNowAndDecides() {
        String seven = active("Plant 7");
        String eight = active("Plant 8");
        String nine = active("Plant 9");
        set(seven, null);
        IntegrationsPage integrations = open();
        integrations.press("Change destination");
        primary(integrations).selectOption("Plant 9");
        replace(eight, seven);

        integrations.press("Save");

        assertThat(integrations.text("Somebody else changed the destination while you were editing."))
                .isVisible();
        assertThat(integrations.error("Primary"))
                .containsText("Somebody else changed this to “Plant 8”. If you save, your value replaces it.");
        assertThat(secondary(integrations)).hasValue(seven);
        assertThat(primary(integrations)).hasValue(nine);
        assertThat(integrations.page().locator("#destination-dialog .notice")).isFocused();
        integrations.isAccessible();

        integrations.press("Save");

        assertThat(line(integrations)).containsText("Recordings have gone to Plant 9");
        assertThat(admin.get(PATH).json().path("secondary").asText()).isEqualTo(seven);
    }

    @Test
    void oneThatWasRemovedMeanwhileIsSetAsTheFirst() {
        set(active("Plant 7"), null);
        String eight = active("Plant 8");
        IntegrationsPage integrations = open();
        integrations.press("Change destination");
        primary(integrations).selectOption("Plant 8");
        assertThat(admin.send("DELETE", PATH, null).status()).isEqualTo(204);

        integrations.press("Save");
        assertThat(integrations.error("Primary")).containsText("Somebody else changed this to nothing.");
        assertThat(integrations.button("Remove destination")).isHidden();
        integrations.press("Save");

        assertThat(line(integrations)).containsText("Recordings have gone to Plant 8");
        assertThat(admin.get(PATH).json().path("primary").asText()).isEqualTo(eight);
    }

    @Test
    void mistakesStandAtTheirFields() {
        active("Plant 7");
        String eight = active("Plant 8");
        IntegrationsPage integrations = open();
        integrations.press("Choose destination");

        integrations.press("Save");
        assertThat(integrations.error("Primary")).containsText("This field is required.");

        primary(integrations).selectOption("Plant 7");
        secondary(integrations).selectOption("Plant 7");
        integrations.press("Save");
        assertThat(integrations.error("Primary")).isHidden();
        assertThat(errorOfSecondary(integrations))
                .containsText("The secondary must be another integration than the primary.");

        secondary(integrations).selectOption("Plant 8");
        assertThat(admin.post("/v1/integrations/" + eight + "/deactivate", null).status())
                .isEqualTo(200);
        integrations.press("Save");
        assertThat(errorOfSecondary(integrations)).containsText("The integration is not active.");
        integrations.isAccessible();
    }

    @Test
    void itIsRemovedAfterAQuestion() {
        set(active("Plant 7"), null);
        IntegrationsPage integrations = open();
        integrations.press("Change destination").press("Remove destination");
        assertThat(integrations.text("Sessions that must be recorded cannot start until another destination is set."))
                .isVisible();

        integrations.press("Remove");

        assertThat(line(integrations)).containsText(NOT_SET);
        assertThat(integrations.button("Choose destination")).isFocused();
        assertThat(admin.get(PATH).status()).isEqualTo(404);
    }

    @Test
    void oneInUseIsNotDeactivatedAndThePageSaysWhatToChange() {
        set(active("Plant 7"), active("Plant 8"));
        IntegrationsPage integrations = open();
        assertThat(line(integrations)).containsText("Plant 8 stands by.");
        integrations.press("Deactivate Plant 8").press("Deactivate");
        Locator refusal = integrations.text("Plant 8 is the secondary destination of recordings");
        assertThat(refusal).containsText("it can be neither deactivated nor deleted");
        integrations.isAccessible();

        refusal.getByRole(AriaRole.BUTTON).click();
        secondary(integrations).selectOption("None");
        integrations.press("Save");

        assertThat(refusal).isHidden();
        assertThat(integrations.button("Change destination")).isFocused();
        integrations.press("Deactivate Plant 8").press("Deactivate");
        assertThat(integrations.text("Plant 8 is inactive.")).isVisible();
    }

    @Test
    void escapeClosesTheDialogChangesNothingAndGivesTheFocusBack() {
        set(active("Plant 7"), null);
        IntegrationsPage integrations = open();
        integrations.enter("Change destination");
        primary(integrations).selectOption("Choose an integration");

        integrations.page().keyboard().press("Escape");

        assertThat(integrations.button("Change destination")).isFocused();
        assertThat(line(integrations)).containsText("Recordings have gone to Plant 7");
        integrations.press("Change destination");
        assertThat(primary(integrations))
                .hasValue(admin.get(PATH).json().path("primary").asText());
    }

    @Test
    void readersSeeTheLineOnly() {
        set(active("Plant 7"), null);
        try (FrontDoor readers = FrontDoor.as(Gateway.reader(tenant))) {
            IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), readers);

            assertThat(line(integrations)).containsText("Recordings have gone to Plant 7");
            assertThat(integrations.row("Plant 7")).isVisible();
            assertThat(line(integrations).getByRole(AriaRole.BUTTON)).hasCount(0);
            integrations.press("Deactivate Plant 7").press("Deactivate");
            assertThat(integrations.text("you do not have permission to change them"))
                    .isVisible();
        }
    }

    /** Dates have the reader's form and time. "Checked" goes by the service's clock. */
    @ParameterizedTest
    @CsvSource({
        "de-DE, Europe/Berlin, -10, Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "ja-JP, Asia/Tokyo, 10, 横浜第七工場の組立ライン四号機から六号機までの監視カメラの録画データを保存する倉庫",
    })
    void aReaderElsewhereWhoseClockIsWrongSeesTheRightTimes(String language, String zone, int minutes, String name) {
        Instant now = Instant.now();
        set(active(name), null);
        browsing.startAnew(language, zone);
        browsing.page().clock().setFixedTime(Date.from(Instant.now().plus(Duration.ofMinutes(minutes))));
        IntegrationsPage integrations = open();

        assertThat(line(integrations)).containsText("Checked just now.");
        Instant since = Instant.parse(line(integrations).locator("time").first().getAttribute("datetime"));
        assertThat(since).isBetween(now.minusSeconds(1), now.plusSeconds(300));
        assertThat(line(integrations).locator("time").first())
                .containsText(DateTimeFormatter.ofPattern("H:mm")
                        .withZone(ZoneId.of(zone))
                        .format(since));
        for (int width : new int[] {320, 1280}) {
            integrations.page().setViewportSize(width, 800);
            assertThat(integrations
                            .page()
                            .evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .as("fits %s pixels", width)
                    .isEqualTo(true);
        }
        integrations.press("Change destination");
        assertThat(integrations.heading("Destination of recordings")).isVisible();
        integrations.isAccessible();
    }

    @Test
    void anIntegrationShowsTheTargetsThatItHad() {
        Customer customer = Customer.healthy();
        String id = admin.post(
                        "/v1/integrations", Drafts.of(customer, "Plant 7").toString())
                .json()
                .path("id")
                .asText();
        IntegrationsPage integrations = open();
        integrations.press("Plant 7");
        assertThat(integrations.heading("History")).isVisible();
        assertThat(integrations.heading("Earlier targets")).isHidden();
        for (int revision = 1; revision < 3; revision++) {
            Gateway.Answer edited = admin.header("If-Match", "\"" + revision + "\"")
                    .send("PATCH", "/v1/integrations/" + id, "{\"target\": {\"prefix\": \"plant-" + revision + "/\"}}");
            assertThat(edited.status()).as(edited.text()).isEqualTo(200);
        }

        integrations = open();
        integrations.press("Plant 7");

        Locator earlier = integrations
                .page()
                .getByRole(AriaRole.REGION)
                .filter(new Locator.FilterOptions().setHasText("Earlier targets"));
        assertThat(earlier.getByRole(AriaRole.LISTITEM)).hasCount(2);
        assertThat(earlier.getByRole(AriaRole.LISTITEM).first())
                .containsText("Revision 2" + customer.name("bucket") + "/plant-1/us-east-1, until");
        assertThat(earlier.getByRole(AriaRole.LISTITEM).last()).containsText("Revision 1" + customer.name("bucket"));
        integrations.isAccessible();
    }

    private IntegrationsPage open() {
        return IntegrationsPage.open(browsing.page(), door);
    }

    private static void choose(IntegrationsPage integrations, String first, String second) {
        integrations.press("Change destination");
        primary(integrations).selectOption(first);
        secondary(integrations).selectOption(second);
        integrations.press("Save");
    }

    private static Locator line(IntegrationsPage integrations) {
        return integrations.page().locator("section[aria-label='Destination of recordings']");
    }

    private static Locator primary(IntegrationsPage integrations) {
        return integrations.field("Primary");
    }

    /** Its label has "(optional)" behind its name. */
    private static Locator secondary(IntegrationsPage integrations) {
        return integrations.page().getByLabel("Secondary");
    }

    private static Locator errorOfSecondary(IntegrationsPage integrations) {
        return integrations.page().locator("#" + secondary(integrations).getAttribute("id") + "-error");
    }

    private void set(String primary, @Nullable String secondary) {
        put("If-None-Match", "*", primary, secondary);
    }

    private void replace(String primary, @Nullable String secondary) {
        put("If-Match", admin.get(PATH).header("ETag"), primary, secondary);
    }

    private void put(String header, String value, String primary, @Nullable String secondary) {
        Gateway.Answer answer = admin.header(header, value)
                .send(
                        "PUT",
                        PATH,
                        secondary == null
                                ? "{\"primary\": \"%s\"}".formatted(primary)
                                : "{\"primary\": \"%s\", \"secondary\": \"%s\"}".formatted(primary, secondary));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** Validated once, by its activation. */
    private String active(String name) {
        String id = created(name, "?validate=false");
        assertThat(admin.post("/v1/integrations/" + id + "/activate", null).status())
                .isEqualTo(200);
        return id;
    }

    private String created(String name) {
        return created(name, "");
    }

    private String created(String name, String query) {
        return admin.post(
                        "/v1/integrations" + query,
                        Drafts.of(Customer.healthy(), name).toString())
                .json()
                .path("id")
                .asText();
    }
}
