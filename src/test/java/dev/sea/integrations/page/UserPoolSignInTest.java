package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.FakeCognito;
import dev.sea.integrations.testing.FakeUser;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs in at a user pool such as the template makes. */
@QuarkusTest
class UserPoolSignInTest {
    @RegisterExtension
    final Browsing browsing = new Browsing();

    private FrontDoor door;
    private FakeCognito cognito;

    @BeforeEach
    void deploy() {
        door = FrontDoor.withTokens(token -> cognito.callerOf(token));
        cognito = new FakeCognito(door.url(), new FakeUser("ada", Gateway.freshTenant()));
        door.stageVariables(cognito.stageVariables());
    }

    @AfterEach
    void close() {
        cognito.close();
        door.close();
    }

    @Test
    void theSessionIsRenewedSilently() {
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();
        cognito.expireTokens();

        integrations.press(IntegrationsPage.ADD).press("Generate external ID");

        assertThat(integrations.field("External ID")).hasValue(Pattern.compile("sea-.+"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signingOutEndsThePoolsSessionAndRevokesTheRefreshToken(boolean namesRevocation) {
        if (!namesRevocation) {
            cognito.hidesRevocation();
        }
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();
        assertThat(cognito.refreshTokens()).hasSize(1);

        integrations.press("Sign out");
        assertThat(browsing.page().getByText("You have signed out.")).isVisible();
        assertThat(cognito.refreshTokens()).isEmpty();

        integrations.press("Sign in");
        assertThat(integrations.heading("Sign in to the pool")).isVisible();
    }
}
