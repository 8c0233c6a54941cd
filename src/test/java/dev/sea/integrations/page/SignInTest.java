package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FakeIssuer;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SignInTest {
    @RegisterExtension
    final Browsing browsing = new Browsing();

    private FrontDoor door;
    private FakeIssuer issuer;

    @BeforeEach
    void deploy() {
        door = FrontDoor.withTokens(token -> issuer.callerOf(token));
        issuer = new FakeIssuer(door.url(), Gateway.admin(Gateway.freshTenant()));
        door.alsoServes("/issuer", issuer::serve);
        door.stageVariables(Map.of("signInIssuer", issuer.issuer(), "signInClientId", FakeIssuer.CLIENT_ID));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void aCodeWithPkceIsRedeemedAndTheTokenStaysInMemory() {
        Page page = IntegrationsPage.open(browsing.page(), door).page();

        assertThat(page.getByText("No external integrations yet")).isVisible();
        assertThat(page).hasURL(door.url() + "/");
        assertThat(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"))
                .isEqualTo("[{},{},\"\"]");
    }

    @Test
    void anAnswerThatWasNotAskedForIsRefused() {
        browsing.page().navigate(door.url() + "/?code=stolen&state=entry.forged");

        assertThat(browsing.page().getByText("The sign-in was not started here."))
                .isVisible();
        assertThat(browsing.page()).hasURL(door.url() + "/");
        assertThat(door.served()).noneMatch(call -> call.path().equals("/v1/integrations"));
    }

    @ParameterizedTest
    @CsvSource({"nonce, another", "iss, https://issuer.example.com", "aud, another-client", "exp, 1000000000"})
    void aTokenThatIsNotForThisSignInIsRefused(String claim, String value) {
        issuer.lies(claim, claim.equals("exp") ? Long.valueOf(value) : value);

        browsing.page().navigate(door.url() + "/");

        assertThat(browsing.page().getByText("The identity provider gave a token that is not for this sign-in."))
                .isVisible();
        assertThat(door.served()).noneMatch(call -> call.path().equals("/v1/integrations"));
    }

    @Test
    void anExpiredSessionIsRenewedInAnotherWindowAndWhatWasTypedStays() {
        Customer customer = Customer.healthy();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.startAdding("Plant 7", customer).withRole(customer);
        issuer.expireTokens();

        integrations.press("Add");
        assertThat(integrations.heading("Your sign-in has expired")).isVisible();
        integrations.isAccessible().press("Sign in again");

        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
    }

    @Test
    void withARefreshTokenTheRenewalIsSilent() {
        issuer.refreshes();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();
        issuer.expireTokens();

        integrations.press(IntegrationsPage.ADD).press("Generate external ID");

        assertThat(integrations.field("External ID")).hasValue(Pattern.compile("sea-.+"));
    }

    @Test
    void whoSignsOutIsNotSignedInAgainByItself() {
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);

        integrations.press("Sign out");
        assertThat(browsing.page().getByText("You have signed out.")).isVisible();

        integrations.press("Sign in");
        assertThat(browsing.page().getByText("No external integrations yet")).isVisible();
    }
}
