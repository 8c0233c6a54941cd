package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.FakeIssuer;
import dev.sea.integrations.testing.FakeUser;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SignInTest {
    private static final String CLOSED =
            "You are no longer signed in. The sign-in window was closed before you had signed in.";
    private static final String NOT_SENT = "This was not sent. You are now signed in as bob@example.com, tenant ";

    private static final Set<String> ASKED_AT_THE_START =
            Set.of("/v1/destinations/recordings/readiness", "/v1/integrations", "/v1/settings", "/v1/summary");
    /** The summary twice: for the line above the list too, while no destination is set. */
    private static final int CALLS_AT_THE_START = 5;

    @RegisterExtension
    final Browsing browsing = new Browsing();

    private final FakeUser ada = new FakeUser("ada", Gateway.freshTenant());
    private FrontDoor door;
    private FakeIssuer issuer;

    @BeforeEach
    void deploy() {
        door = FrontDoor.withTokens(token -> issuer.callerOf(token));
        issuer = new FakeIssuer(door.url(), ada);
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

    /** As behind a custom domain's path mapping. */
    @Test
    void belowAPathTheUserComesBackThereAfterSigningInAndOut() {
        door.below("/tools/sea");
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();
        assertThat(browsing.page()).hasURL(door.url() + "/");

        integrations.press("Sign out");

        assertThat(integrations.text("You have signed out.")).isVisible();
        assertThat(browsing.page()).hasURL(door.url() + "/");
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

    /** OpenID Connect Core 1.0, 3.1.3.7: whom the token was given to, where it is for several. */
    @ParameterizedTest
    @CsvSource({"the-page another-client,", "the-page another-client, another-client", "the-page, another-client"})
    void aTokenThatWasGivenToAnotherClientIsRefused(String audiences, @Nullable String party) {
        issuer.lies("aud", List.of(audiences.split(" ")));
        if (party != null) {
            issuer.lies("azp", party);
        }

        browsing.page().navigate(door.url() + "/");

        assertThat(browsing.page().getByText("The identity provider gave a token that is not for this sign-in."))
                .isVisible();
        assertThat(door.served()).noneMatch(call -> call.path().equals("/v1/integrations"));
    }

    @Test
    void aTokenThatWasGivenToThePageMayBeForOthersToo() {
        issuer.lies("aud", List.of("the-api", FakeIssuer.CLIENT_ID));
        issuer.lies("azp", FakeIssuer.CLIENT_ID);

        assertThat(IntegrationsPage.open(browsing.page(), door).text("No external integrations yet"))
                .isVisible();
    }

    @Test
    void anExpiredSessionIsRenewedInAnotherWindowAndWhatWasTypedStays() {
        Customer customer = Customer.healthy();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.startAdding("Plant 7", customer).withRole(customer);
        expireTokens();

        integrations.press("Add");
        assertThat(integrations.heading("Your sign-in has expired")).isVisible();
        integrations.isAccessible().press("Sign in again");

        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
    }

    @Test
    void aSignInWindowThatTheBrowserBlocksIsOpenedByAClick() {
        Customer customer = Customer.healthy();
        // What a browser answers for a window that it blocks.
        browsing.page().addInitScript("""
                const open = window.open;
                window.open = (...what) => {
                  window.open = open;
                  return null;
                };
                """);
        IntegrationsPage integrations = formWithAnExpiredSession(customer);

        integrations.press("Add").press("Sign in again");
        assertThat(integrations.heading("Your browser blocked the sign-in window"))
                .isVisible();
        integrations.isAccessible().press("Open the sign-in window");

        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
    }

    @Test
    void aSignInWindowThatIsClosedFailsTheCallAndTheNextMayTryAgain() {
        Customer customer = Customer.healthy();
        IntegrationsPage integrations = formWithAnExpiredSession(customer);
        issuer.asks();

        signInWindow(integrations.press("Add")).close();
        assertThat(integrations.heading(CLOSED)).isVisible();
        integrations.isAccessible();
        assertThat(integrations.field("Bucket")).hasValue(customer.name("bucket"));

        signInWindow(integrations.press("Add")).getByText("Continue").click();
        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
    }

    @Test
    void aSignInWindowThatIsForgottenIsClosedAndFailsTheCall() {
        Customer customer = Customer.healthy();
        browsing.page().clock().install();
        IntegrationsPage integrations = formWithAnExpiredSession(customer);
        issuer.asks();
        Page window = signInWindow(integrations.press("Add"));
        assertThat(window.getByText("Continue")).isVisible();

        window.waitForClose(() -> browsing.page().clock().fastForward("10:01"));

        assertThat(integrations.heading("You are no longer signed in. You did not sign in within ten minutes."))
                .isVisible();
        assertThat(integrations.field("Bucket")).hasValue(customer.name("bucket"));
    }

    /** The page may be busy when the window passes the answer on, and the window must not close before it is there. */
    @Test
    void anAnswerThatIsHeardLateIsNotTakenForAClosedWindow() {
        browsing.page().addInitScript("""
                const heard = Object.getOwnPropertyDescriptor(BroadcastChannel.prototype, 'onmessage');
                Object.defineProperty(BroadcastChannel.prototype, 'onmessage', {
                  set(listener) {
                    heard.set.call(this, message => setTimeout(() => listener(message), 3000));
                  },
                });
                """);
        IntegrationsPage integrations = formWithAnExpiredSession(Customer.healthy());

        integrations.press("Add").press("Sign in again");

        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
    }

    @Test
    void whoDoesNotSignInAgainNowMayLater() {
        Customer customer = Customer.healthy();
        IntegrationsPage integrations = formWithAnExpiredSession(customer);

        integrations.press("Add").press("Not now");
        assertThat(integrations.heading("You are no longer signed in. Sign in again to continue."))
                .isVisible();

        integrations.press("Add").press("Sign in again");
        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
    }

    /** The page cannot see such a window any more, and takes it for closed. */
    @Test
    void whoSignsInInAWindowThatTheProviderCutOffIsSignedInAllTheSame() {
        Customer customer = Customer.healthy();
        IntegrationsPage integrations = formWithAnExpiredSession(customer);
        issuer.asks();
        issuer.isolatesItsWindows();

        Page window = signInWindow(integrations.press("Add"));
        assertThat(integrations.heading(CLOSED)).isVisible();
        integrations.page().waitForResponse("**/token", window.getByText("Continue")::click);
        integrations.press("Add");

        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatAnotherUserFindsIsNeitherSentNorSecret(boolean ofAnotherTenant) {
        FakeUser bob = new FakeUser("bob", ofAnotherTenant ? Gateway.freshTenant() : ada.tenant());
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.startAdding("Plant 7", customer).withKey(customer).press("Show secret access key");
        expireTokens();
        issuer.isUsedBy(bob);

        integrations.press("Add").press("Sign in again");
        assertThat(integrations.heading("Your sign-in has changed")).isVisible();
        assertThat(integrations.page().locator("#question-text"))
                .containsText("You are now signed in as bob@example.com, tenant " + bob.tenant() + ".");
        integrations.isAccessible().press("Continue");

        assertThat(integrations.heading(NOT_SENT + bob.tenant() + ".")).isVisible();
        assertThat(integrations.field("Secret Access Key")).hasValue("");
        assertThat(integrations.field("Bucket")).hasValue(customer.name("bucket"));
        assertThat(creations()).containsExactly(401);
        integrations.page().waitForCondition(() -> calls("GET").size() == 2);
    }

    @Test
    void aSessionThatIsRenewedForAnotherTenantSendsNothingEither() {
        issuer.refreshes();
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.startAdding("Plant 7", customer).withKey(customer);
        // What typing asks for has been asked, so that the token is renewed for what is pressed.
        assertThat(integrations.button("Copy User permissions policy")).isVisible();
        issuer.isUsedBy(new FakeUser(ada.subject(), Gateway.freshTenant()));
        expireTokens();

        integrations.press("Add");

        assertThat(integrations.heading("Your sign-in has changed")).isVisible();
        assertThat(integrations.field("Secret Access Key")).hasValue("");
        assertThat(creations()).containsExactly(401);
    }

    @Test
    void whatIsOpenForOneTenantIsClosedForAnother() {
        Customer customer = Customer.healthy();
        ada.gateway().post("/v1/integrations", Drafts.of(customer, "Plant 7").toString());
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.press("Edit Plant 7");
        assertThat(integrations.heading("Edit Plant 7")).isVisible();
        expireTokens();
        issuer.isUsedBy(new FakeUser("bob", Gateway.freshTenant()));

        integrations.press("Generate external ID").press("Sign in again").press("Continue");

        assertThat(integrations.heading("Edit Plant 7")).isHidden();
        assertThat(integrations.text("No external integrations yet")).isVisible();
    }

    /** The call began under a token of the first user. Its refusal comes when the second has signed in already. */
    @Test
    void aCallOfTheFirstUserThatIsRefusedLateIsNotRepeatedForTheSecond() {
        Customer customer = Customer.healthy();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.startAdding("Plant 7", customer).withRole(customer);
        Route held = holdNext(integrations, "**/v1/integrations", "Add");
        expireTokens();
        FakeUser bob = new FakeUser("bob", Gateway.freshTenant());
        issuer.isUsedBy(bob);
        integrations.press("Generate external ID").press("Sign in again").press("Continue");

        held.fulfill(new Route.FulfillOptions().setStatus(401).setBody("{}"));

        assertThat(integrations.heading(NOT_SENT + bob.tenant() + ".")).isVisible();
        assertThat(creations()).isEmpty();
    }

    @Test
    void whatWasMeantForTheFirstUserIsNotShownToTheSecond() {
        Customer customer = Customer.healthy();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.startAdding("Plant 7", customer).withRole(customer);
        Route held = holdNext(integrations, "**/v1/external-ids", "Generate external ID");
        expireTokens();
        issuer.isUsedBy(new FakeUser("bob", Gateway.freshTenant()));
        integrations.press("Add").press("Sign in again").press("Continue");

        held.fulfill(new Route.FulfillOptions()
                .setStatus(201)
                .setBody("{\"externalId\":\"sea-of-ada\",\"expiresAt\":\"2026-11-28T08:00:00.000Z\"}"));

        assertThat(integrations.text("This was begun by another user, and may have been done."))
                .isVisible();
        assertThat(integrations.field("External ID")).hasValue(customer.name("externalId"));
    }

    @Test
    void nobodyIsAskedToSignInWhileTheyType() {
        Customer customer = Customer.healthy();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.startAdding("Plant 7", customer).withRole(customer);
        expireTokens();

        integrations.field("Bucket").pressSequentially("-2");

        assertThat(integrations.page().locator("[data-part=guide-hint]"))
                .containsText("You are no longer signed in. Sign in again to continue.");
        assertThat(integrations.heading("Your sign-in has expired")).isHidden();
        integrations.press("Generate external ID").press("Sign in again");
        assertThat(integrations.text("Reserved for your organization")).isVisible();
    }

    /** The same dialog asks both, and "yes" to the second would discard the form. */
    @Test
    void aQuestionWaitsUntilTheOneBeforeItIsAnswered() {
        Customer customer = Customer.healthy();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.startAdding("Plant 7", customer).withRole(customer);
        Route held = holdNext(integrations, "**/v1/external-ids", "Generate external ID");
        expireTokens();
        integrations.press("Cancel");
        assertThat(integrations.heading("Discard what you entered?")).isVisible();

        held.fulfill(new Route.FulfillOptions().setStatus(401).setBody("{}"));
        integrations.press("Keep editing").press("Sign in again");

        assertThat(integrations.text("Reserved for your organization")).isVisible();
        assertThat(integrations.field("Name")).hasValue("Plant 7");
    }

    @Test
    void withARefreshTokenTheRenewalIsSilent() {
        issuer.refreshes();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();
        expireTokens();

        integrations.press(IntegrationsPage.ADD).press("Generate external ID");

        assertThat(integrations.field("External ID")).hasValue(Pattern.compile("sea-.+"));
    }

    /** OpenID Connect Core 1.0, 12.2. */
    @ParameterizedTest
    @CsvSource({"sub, bob", "nonce, another", "aud, another-client", "azp, the-page", "iss, https://issuer.example.com"
    })
    void aRenewalThatIsNotOfThisSignInIsRefused(String claim, String value) {
        issuer.refreshes();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();
        expireTokens();
        issuer.lies(claim, value);

        integrations.press(IntegrationsPage.ADD).press("Generate external ID");

        assertThat(integrations.heading("Your sign-in has expired")).isVisible();
    }

    @Test
    void aTokenThatIsRefusedAfterItsRenewalIsNotRenewedAgain() {
        issuer.refreshes();
        Customer customer = Customer.healthy();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        AtomicInteger granted = new AtomicInteger();
        integrations.page().onRequest(request -> {
            if (request.url().endsWith("/issuer/token")) {
                granted.incrementAndGet();
            }
        });
        integrations.startAdding("Plant 7", customer).withRole(customer);
        Route held = holdNext(integrations, "**/v1/external-ids", "Generate external ID");
        expireTokens();
        integrations.press("Test connection");
        assertThat(integrations.verdict()).isVisible();
        assertThat(granted).hasValue(1);

        held.fulfill(new Route.FulfillOptions().setStatus(401).setBody("{}"));

        assertThat(integrations.field("External ID")).hasValue(Pattern.compile("sea-.+"));
        assertThat(integrations.text("Reserved for your organization")).isVisible();
        assertThat(granted).hasValue(1);
    }

    @Test
    void aProviderThatDoesNotAnswerIsNotWaitedForForEver() {
        timeIsOurs();
        Page page = browsing.page();
        CompletableFuture<Route> held = new CompletableFuture<>();
        page.route("**/openid-configuration", held::complete);
        page.navigate(door.url() + "/");
        page.waitForCondition(held::isDone);

        timeIsUp();

        assertThat(page.getByText("The identity provider did not answer in time. Try again."))
                .isVisible();
    }

    @Test
    void aRenewalThatGetsNoAnswerFailsTheCallAndTheNextTriesAgain() {
        issuer.refreshes();
        timeIsOurs();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();
        CompletableFuture<Route> renewal = held(integrations, "**/issuer/token");
        expireTokens();
        integrations.press(IntegrationsPage.ADD).press("Generate external ID");
        integrations.page().waitForCondition(renewal::isDone);

        timeIsUp();
        assertThat(integrations.text("The identity provider did not answer in time. Try again."))
                .isVisible();

        integrations.press("Generate external ID");
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

    @Test
    void signingOutRevokesTheRefreshTokenAndEndsTheProvidersSession() {
        issuer.refreshes();
        issuer.signsOut();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();
        assertThat(issuer.refreshTokens()).hasSize(1);

        integrations.press("Sign out");

        assertThat(browsing.page().getByText("You have signed out.")).isVisible();
        assertThat(issuer.refreshTokens()).isEmpty();
        assertThat(issuer.signedOutTo()).isEqualTo(door.url() + "/");
    }

    /** Back brings a page from the browser's cache as it was left. The event is that of such a return. */
    @Test
    void whoComesBackAfterSigningOutIsSignedOut() {
        issuer.signsOut();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();
        // Without content, the browser stays where it is.
        integrations
                .page()
                .route("**/end-session?*", route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
        integrations.page().waitForResponse("**/end-session?*", () -> integrations.press("Sign out"));

        integrations.page().evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");

        assertThat(browsing.page().getByText("You have signed out.")).isVisible();
        assertThat(integrations.text("No external integrations yet")).isHidden();
    }

    /** An address stays in the browser's history and in the provider's log. */
    @ParameterizedTest
    @CsvSource({"id, false", "access, true"})
    void noTokenThatTheServiceAcceptsIsInTheAddressOfASignOut(String token, boolean hints) {
        door.stageVariables(
                Map.of("signInIssuer", issuer.issuer(), "signInClientId", FakeIssuer.CLIENT_ID, "signInToken", token));
        issuer.signsOut();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();

        integrations.press("Sign out");

        assertThat(browsing.page().getByText("You have signed out.")).isVisible();
        assertThat(issuer.signedOutWith().isPresent()).isEqualTo(hints);
    }

    @Test
    void whoCannotRevokeTheRefreshTokenSignsOutAllTheSame() {
        issuer.refreshes();
        issuer.signsOut();
        timeIsOurs();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();

        holdNext(integrations, "**/issuer/revoke", "Sign out");
        timeIsUp();

        assertThat(browsing.page().getByText("You have signed out.")).isVisible();
        assertThat(issuer.refreshTokens()).hasSize(1);
        assertThat(issuer.signedOutTo()).isEqualTo(door.url() + "/");
    }

    @Test
    void whenAnotherUserSignsInTheFirstOnesRefreshTokenIsRevoked() {
        issuer.refreshes();
        issuer.signsOut();
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        assertThat(integrations.text("No external integrations yet")).isVisible();
        Set<String> ofAda = issuer.refreshTokens();
        expireTokens();
        issuer.isUsedBy(new FakeUser("bob", ada.tenant()));

        integrations.press(IntegrationsPage.ADD).press("Generate external ID").press("Sign in again");

        assertThat(integrations.heading("Your sign-in has changed")).isVisible();
        integrations.page().waitForCondition(() -> issuer.refreshTokens().size() == 1);
        assertThat(issuer.refreshTokens()).doesNotContainAnyElementsOf(ofAda);
    }

    /** Once the page has all that it asks for at its start. Otherwise a late one of those calls is the first to be refused. */
    private void expireTokens() {
        browsing.page()
                .waitForCondition(() -> door.served().stream()
                                .filter(call -> ASKED_AT_THE_START.contains(call.path()))
                                .count()
                        >= CALLS_AT_THE_START);
        issuer.expireTokens();
    }

    /** The page's time limits end when the test says so, and not before. */
    private void timeIsOurs() {
        browsing.page().addInitScript("""
                const limits = [];
                AbortSignal.timeout = () => {
                  const controller = new AbortController();
                  limits.push(() => controller.abort(new DOMException('time is up', 'TimeoutError')));
                  return controller.signal;
                };
                window.timeIsUp = () => limits.forEach(end => end());
                """);
    }

    private void timeIsUp() {
        browsing.page().evaluate("timeIsUp()");
    }

    private IntegrationsPage formWithAnExpiredSession(Customer customer) {
        IntegrationsPage integrations = IntegrationsPage.open(browsing.page(), door);
        integrations.startAdding("Plant 7", customer).withRole(customer);
        expireTokens();
        return integrations;
    }

    private static Page signInWindow(IntegrationsPage integrations) {
        return integrations.page().waitForPopup(() -> integrations.press("Sign in again"));
    }

    /** Presses a button, and keeps the answer to the call that this makes for later. */
    private static Route holdNext(IntegrationsPage integrations, String path, String button) {
        CompletableFuture<Route> held = held(integrations, path);
        integrations.press(button);
        integrations.page().waitForCondition(held::isDone);
        return held.join();
    }

    /** The next call to a path, which gets no answer. Those after it go on. */
    private static CompletableFuture<Route> held(IntegrationsPage integrations, String path) {
        CompletableFuture<Route> held = new CompletableFuture<>();
        integrations.page().route(path, route -> {
            if (!held.complete(route)) {
                route.resume();
            }
        });
        return held;
    }

    /** What the tries to store an integration were answered. */
    private List<Integer> creations() {
        return calls("POST");
    }

    private List<Integer> calls(String method) {
        return door.served().stream()
                .filter(call -> call.method().equals(method) && call.path().equals("/v1/integrations"))
                .map(FrontDoor.Served::status)
                .toList();
    }
}
