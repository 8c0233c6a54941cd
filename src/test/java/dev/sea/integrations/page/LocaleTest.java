package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readers whose browser speaks another language, in another time zone. */
@QuarkusTest
class LocaleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PHONE = 390;

    @RegisterExtension
    final Browsing browsing = new Browsing();

    private final Gateway admin = Gateway.admin(Gateway.freshTenant());

    @AutoClose
    private FrontDoor door;

    @BeforeEach
    void openDoor() {
        door = FrontDoor.as(admin);
    }

    /** The page's own words are English in any browser. Dates have the reader's form, and are in the reader's time. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    de-DE|Europe/Berlin|Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, Halle 7 (Kameras)
                    ja-JP|Asia/Tokyo|横浜第七工場の組立ライン四号機から六号機までの監視カメラの録画データを保存する倉庫とその予備の装置に関する統合設定の名前""")
    void aReaderElsewhereSeesTheSamePageWithOtherDates(String language, String zone, String name) {
        Instant added =
                Instant.parse(add(name, Customer.healthy()).path("createdAt").asText());
        browsing.startAnew(language, zone);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.row(name)).containsText("just now");
        assertFits(integrations);

        integrations.fill("Name starts with", name.substring(0, 9));
        assertThat(integrations.row(name)).isVisible();
        integrations.button(name).click();
        integrations.press("Test connection");

        assertThat(integrations.verdict()).isVisible();
        // On a clock of 24 hours: 9:05 is part of 09:05.
        String time =
                DateTimeFormatter.ofPattern("H:mm").withZone(ZoneId.of(zone)).format(added);
        Locator facts = integrations.text(" by ada").first();
        assertThat(facts).containsText(time);
        assertFits(integrations);
    }

    /** An hour after it was half past two, it is half past two again: the two tests must not look like one. */
    @Test
    void theHourThatComesTwiceHasTwoNamesAndRelativeTimesSpeakThePagesLanguage() {
        add("Plant 7", Customer.healthy());
        browsing.startAnew("de-DE", "Europe/Berlin");
        String today = Instant.now().minus(Duration.ofHours(3)).toString();
        String second = "2026-10-25T01:30:00.000Z";
        String first = "2026-10-25T00:30:00.000Z";
        browsing.page().route("**/validations?*", route -> startedAt(route, today, second, first));
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

        integrations.press("Plant 7");

        assertThat(integrations.text("3 hours ago")).isVisible();
        Locator reports = integrations.page().locator("button[aria-label^='View report of']");
        assertThat(reports).hasCount(3);
        assertThat(reports.all().stream()
                        .map(button -> button.getAttribute("aria-label"))
                        .filter(label -> label.contains("02:30"))
                        .distinct())
                .hasSize(2);
    }

    /** Who writes Japanese ends a word with Enter, which must not answer the question, and types letters of full width. */
    @Test
    void anEnterThatEndsAWordDeletesNothingAndFullWidthLettersAreARegion() {
        add("横浜", Customer.healthy());
        browsing.startAnew("ja-JP", "Asia/Tokyo");
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.press("Delete 横浜");
        Locator typed = integrations.page().locator("#question input");
        typed.fill("横浜");

        typed.evaluate("field => field.dispatchEvent(new KeyboardEvent('keydown',"
                + " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))");
        assertThat(typed).isVisible();
        typed.press("Enter");

        assertThat(integrations.row("横浜")).isHidden();
        integrations
                .press(IntegrationsPage.ADD)
                .fill("Region", "ｕｓ－ｅａｓｔ－１")
                .field("Region")
                .press("Tab");
        assertThat(integrations.field("Region")).hasValue("us-east-1");
    }

    private JsonNode add(String name, Customer customer) {
        return admin.post("/v1/integrations", Drafts.of(customer, name).toString())
                .json();
    }

    /** Answers with as many copies of the first report as there are times. */
    private static void startedAt(Route route, String... times) {
        APIResponse answer = route.fetch();
        try {
            ObjectNode body = (ObjectNode) JSON.readTree(answer.text());
            JsonNode report = body.path("items").path(0);
            ArrayNode items = body.putArray("items");
            for (String time : times) {
                items.add(((ObjectNode) report.deepCopy()).put("startedAt", time));
            }
            route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(body.toString()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** On a desk and on a phone, nothing goes beyond the width. */
    private static void assertFits(IntegrationsPage integrations) {
        Page page = integrations.page();
        int width = page.viewportSize().width;
        for (int each : new int[] {PHONE, width}) {
            page.setViewportSize(each, page.viewportSize().height);
            assertThat(page.evaluate("[document.documentElement, ...document.querySelectorAll('dialog[open] .body')]"
                            + ".every(e => e.scrollWidth <= e.clientWidth)"))
                    .as("fits %s pixels", each)
                    .isEqualTo(true);
        }
    }
}
