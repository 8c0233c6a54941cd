package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A test that fails and is mended by what the page says; and the wait for AWS, which is no failure. */
@QuarkusTest
class ConnectionTestTest {
    private static final String WITHOUT_PUT = Customer.PERMISSIONS.replace(", \"s3:PutObject\"", "");
    /** Beyond the two minutes in which a denial may yet go away. */
    private static final Duration LATER = Duration.ofMinutes(3);

    @RegisterExtension
    final Browsing browsing = new Browsing();

    @Inject
    TestClock clock;

    private FrontDoor door;
    private IntegrationsPage integrations;

    @BeforeEach
    void open() {
        door = FrontDoor.as(Gateway.admin(Gateway.freshTenant()));
        integrations = IntegrationsPage.open(browsing.page(), door);
    }

    @AfterEach
    void close() {
        clock.reset();
        door.close();
    }

    @Test
    void aMissingPermissionIsShownWithTheStatementThatMendsIt() throws JsonProcessingException {
        Customer customer = new Customer().withBucket().withRole(Customer.TRUST, WITHOUT_PUT);
        failing(customer);

        assertThat(integrations.check("Write an object")).containsText("Denied because no policy of the role");
        integrations.isAccessible().picture("failed");
        String statement = integrations.copied("Statement for \"Write an object\"");
        assertThat(new ObjectMapper().readTree(statement).toString())
                .contains("s3:PutObject")
                .contains(customer.name("bucket"));

        customer.withPermissions(Customer.PERMISSIONS.replace("[{", "[" + statement + ", {"));
        integrations.press("Test connection");
        assertThat(integrations.verdict()).hasText("The connection works");
    }

    @Test
    void whatElseWasSeenIsAQuietListUnderTheChecksWithWhatToDo() throws JsonProcessingException {
        test(Customer.healthy());

        assertThat(integrations.verdict()).hasText("The connection works");
        assertThat(integrations.heading("1 recommendation")).isVisible();
        assertThat(integrations.check("keeps no versions")).containsText("put-bucket-versioning");
        assertThat(integrations.check("keeps no versions")).containsText("Seen since");
        integrations.isAccessible();
        assertThat(new ObjectMapper()
                        .readTree(integrations.copied("Versioning configuration"))
                        .path("Status")
                        .asText())
                .isEqualTo("Enabled");
    }

    @Test
    void whereThereIsNothingElseNoListIsShown() {
        Customer customer = Customer.healthy();
        Account.CUSTOMER
                .s3(customer.region())
                .putBucketVersioning(request -> request.bucket(customer.name("bucket"))
                        .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));

        test(customer);

        assertThat(integrations.verdict()).hasText("The connection works");
        assertThat(integrations.text("recommendation")).isHidden();
    }

    /** Another account's bucket of the same name would take the recordings. */
    @Test
    void aBucketOfAnotherOwnerIsRefusedWhereTheOwnerIsNamed() {
        Customer customer = Customer.healthy();
        integrations.startAdding("Plant 7", customer).withRole(customer);
        integrations.page().getByText("Advanced").click();
        integrations.page().getByLabel("Expected bucket owner").fill("333344445555");

        integrations.press("Test connection");

        assertThat(integrations.check("The bucket exists in this Region")).containsText("333344445555");
        assertThat(integrations.check("The bucket exists in this Region")).containsText("What to do");
    }

    @Test
    void awsBeingUnavailableIsNoFailureOfTheCustomers() {
        Customer customer = Customer.healthy();
        try (LocalAws.Fault _ =
                LocalAws.fault("500", "s3", "ListObjectsV2", Map.of("bucket", customer.name("bucket")), 20)) {
            test(customer);
            assertThat(integrations.verdict()).hasText("AWS gave no clear answer");
        }
    }

    @Test
    void aRoleMadeSecondsAgoIsWaitedForWithACountdownAndTriedAgainByItself() {
        Customer customer = Customer.healthy();
        LocalAws.refuseRole(customer.name("roleArn"), 3600);
        integrations.startAdding("Plant 7", customer).withRole(customer);
        integrations.page().clock().install();
        integrations.press("Test connection");

        assertThat(integrations.verdict()).hasText("Waiting for AWS to apply the change");
        assertThat(integrations.text("No need to change anything yet.")).isVisible();
        assertThat(integrations.text("Next try in")).isVisible();
        assertThat(integrations.check("The credentials work")).containsText("Still denied");
        integrations.isAccessible().picture("waiting");

        LocalAws.refuseRole(customer.name("roleArn"), 0);
        integrations.page().clock().fastForward(61_000);

        assertThat(integrations.verdict()).hasText("The connection works");
    }

    /** What a panel is opened with is no test that was made in it. */
    @Test
    void whatWasAddedIsTriedAgainFromItsPanel() {
        Customer customer = Customer.healthy();
        LocalAws.refuseRole(customer.name("roleArn"), 3600);
        integrations.startAdding("Plant 7", customer).withRole(customer).press("Add");
        assertThat(integrations.text("Plant 7 has been added.")).isVisible();
        assertThat(integrations.text("Next try in")).isVisible();

        LocalAws.refuseRole(customer.name("roleArn"), 0);
        integrations.press("Try now");

        assertThat(integrations.verdict()).hasText("The connection works");
        assertThat(integrations.page().locator(".past li")).hasCount(2);
    }

    /** A test whose denials are no longer taken for IAM's own delay. */
    private void failing(Customer customer) {
        test(customer);
        assertThat(integrations.verdict()).hasText("Waiting for AWS to apply the change");
        clock.advance(LATER);
        integrations.press("Try now");
        assertThat(integrations.verdict()).containsText("problem");
    }

    private void test(Customer customer) {
        integrations.startAdding("Plant 7", customer).withRole(customer).press("Test connection");
        assertThat(integrations.verdict()).isVisible();
    }
}
