package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page below a path. */
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
}
