package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sea.integrations.evidence.Recorder;
import dev.sea.integrations.grant.GrantStore;
import dev.sea.integrations.grant.RecordGrant;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What became of an integration's recordings, beside its history. */
@QuarkusTest
class RecordingsTest {
    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Inject
    GrantStore grants;

    @Inject
    TestClock clock;

    private Monitored integration;

    @BeforeEach
    void anIntegration() {
        integration = Monitored.active(Customer.healthy());
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void withoutAnyRecordingNothingIsShown() {
        IntegrationsPage page = open();

        assertThat(page.heading("History")).isVisible();
        assertThat(page.page().locator(".timeline")).isVisible();
        assertThat(page.heading("Recordings")).isHidden();
    }

    @Test
    void aChartAndATableShowTheDaysAndAListTheMissingOnes() {
        Instant now = clock.instant();
        Recorder recorder = new Recorder(integration, grants);
        RecordGrant yesterday = recorder.granted(now.minus(Duration.ofDays(1)));
        recorder.stores(yesterday);
        recorder.reportsStored(yesterday);
        for (int i = 0; i < 3; i++) {
            RecordGrant stored = recorder.granted(now);
            recorder.stores(stored);
            recorder.reportsStored(stored);
        }
        recorder.reportsFailed(recorder.granted(now), 403, "AccessDenied");
        RecordGrant missing = recorder.granted(now);
        recorder.stores(missing, "somebody else's");
        recorder.reportsStored(missing);
        recorder.granted(now);

        IntegrationsPage page = open();

        assertThat(page.heading("Recordings")).isVisible();
        Locator chart = page.page().locator("svg.chart");
        assertThat(chart).isVisible();
        assertThat(chart)
                .hasAttribute(
                        "aria-label",
                        "7 recordings in 30 days: 4 stored, 1 failed, 1 missing, 1 not known yet."
                                + " The table below has the numbers of each day.");
        assertThat(chart.locator("rect[data-tone=good]")).hasCount(2);
        assertThat(chart.locator("rect[data-tone=bad]")).hasCount(1);
        page.page().getByText("Numbers by day").click();
        Locator rows = page.page().locator("table.numbers tbody tr");
        assertThat(rows).hasCount(2);
        assertThat(rows.first().locator("td")).hasText(new String[] {"6", "3", "1", "1"});
        assertThat(rows.last().locator("td")).hasText(new String[] {"1", "1", "0", "0"});
        Locator lost = page.page()
                .getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Missing recordings"))
                .getByRole(AriaRole.LISTITEM);
        assertThat(lost).hasCount(1);
        assertThat(lost).containsText(missing.key().value());
        assertThat(lost).containsText("Another object has this key");
        page.isAccessible().picture("recordings");
        page.page().setViewportSize(320, 800);
        assertThat((boolean) page.page().evaluate("document.documentElement.scrollWidth <= 320"))
                .isTrue();
        assertThat(rows.first()).isVisible();
    }

    @Test
    void moreMissingOnesComeByPages() {
        Recorder recorder = new Recorder(integration, grants);
        for (int i = 0; i < 21; i++) {
            RecordGrant missing = recorder.granted(clock.instant());
            recorder.stores(missing, "somebody else's");
            recorder.reportsStored(missing);
        }
        IntegrationsPage page = open();
        Locator lost = page.page().locator(".lost li");
        assertThat(lost).hasCount(20);

        page.page().context().setOffline(true);
        page.press("Show more");
        assertThat(page.text("The service cannot be reached.")).isVisible();
        page.page().context().setOffline(false);

        page.button("Show more").dblclick();

        assertThat(page.button("Show more")).isHidden();
        assertThat(lost).hasCount(21);
    }

    @Test
    void whereTheNumbersCannotBeReadThePageSaysSo() {
        // The SDK repeats 500, 502, 503 and 504, for five seconds in all.
        try (LocalAws.Fault _ = LocalAws.errorOnBody(
                501, "NotImplemented", "dynamodb", "Query", "EVIDENCE#" + integration.id(), 1_000)) {
            IntegrationsPage page = open();

            assertThat(page.heading("Recordings")).isVisible();
            assertThat(page.page().locator("[data-part=recordings]")).containsText("busy or unreachable");
        }
    }

    private IntegrationsPage open() {
        IntegrationsPage page = IntegrationsPage.open(browsing.page(), FrontDoor.as(integration.admin()));
        page.press("Plant 7");
        return page;
    }
}
