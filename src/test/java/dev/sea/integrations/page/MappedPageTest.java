package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
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
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in surroundings that it does not choose: below a path, and with a clock that is wrong. */
@QuarkusTest
class MappedPageTest {
    @RegisterExtension
    final Browsing browsing = new Browsing();

    private final Gateway admin = Gateway.admin(Gateway.freshTenant());

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void belowAPathItFindsItsFilesAndTheService(String end) {
        try (FrontDoor door = FrontDoor.as(admin).below("/tools/sea")) {
            Page page = browsing.page();
            page.navigate(door.url() + end);
            assertThat(page.getByText("No external integrations yet")).isVisible();
            IntegrationsPage integrations = IntegrationsPage.open(page, door);
            Customer customer = Customer.healthy();

            integrations.startAdding("Plant 7", customer).withRole(customer).press("Add");

            assertThat(integrations.text("Plant 7 has been added.")).isVisible();
            integrations.press("Activate");
            assertThat(integrations.text("Plant 7 is active.")).isVisible();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-10, 10})
    void theReadersClockMayBeTenMinutesOff(int minutes) {
        Gateway.Answer made = admin.post(
                "/v1/integrations", Drafts.of(Customer.healthy(), "Plant 7").toString());
        admin.post(made.header("Location") + "/activate", null);
        try (FrontDoor door = FrontDoor.as(admin)) {
            browsing.page().clock().setFixedTime(Date.from(Instant.now().plus(Duration.ofMinutes(minutes))));
            IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

            assertThat(integrations.row("Plant 7").locator("time")).hasText("just now");
        }
    }

    /** A proxy may take the header Date away. */
    @Test
    void withoutTheServicesTimeWhatHasHappenedIsNotInTheFuture() {
        admin.post("/v1/integrations", Drafts.of(Customer.healthy(), "Plant 7").toString());
        browsing.page().route("**/v1/**", MappedPageTest::withoutDate);
        try (FrontDoor door = FrontDoor.as(admin)) {
            browsing.page().clock().setFixedTime(Date.from(Instant.now().minus(Duration.ofMinutes(10))));
            IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

            assertThat(integrations.row("Plant 7").locator("time")).hasText("just now");
        }
    }

    private static void withoutDate(Route route) {
        APIResponse answer = route.fetch();
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.remove("date");
        route.fulfill(new Route.FulfillOptions().setResponse(answer).setHeaders(headers));
    }
}
