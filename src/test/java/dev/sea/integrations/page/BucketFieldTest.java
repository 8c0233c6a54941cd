package dev.sea.integrations.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import dev.sea.integrations.testing.Browsing;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.FrontDoor;
import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Once the bucket is named, nobody has to know its Region; and nothing that somebody types is taken away. */
@QuarkusTest
class BucketFieldTest {
    private static final String LOOKUP = "**/v1/buckets/lookup";

    @RegisterExtension
    final Browsing browsing = new Browsing();

    private Customer customer;
    private FrontDoor door;
    private IntegrationsPage integrations;

    @BeforeEach
    void open() {
        customer = new Customer().in("eu-west-1").withBucket();
        door = FrontDoor.as(Gateway.admin(Gateway.freshTenant()));
        integrations = IntegrationsPage.open(browsing.page(), door).press(IntegrationsPage.ADD);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void anEmptyRegionFillsItselfInWhenTheBucketIsLeft() {
        fillAndLeave("Bucket", " " + customer.name("bucket"));

        assertThat(integrations.field("Region")).hasValue("eu-west-1");
        assertThat(integrations.text("Europe (Ireland).")).isVisible();
        integrations.isAccessible();
    }

    @Test
    void anotherRegionThanTheBucketsIsSaidButKept() {
        integrations.fill("Region", "us-east-1");
        fillAndLeave("Bucket", customer.name("bucket"));

        assertThat(integrations.text(
                        "US East (N. Virginia). S3 says that this bucket is in eu-west-1, Europe (Ireland)."))
                .isVisible();
        assertThat(integrations.field("Region")).hasValue("us-east-1");
        integrations.isAccessible();

        integrations.fill("Region", "eu-west-1");
        assertThat(integrations.text("S3 says that this bucket")).isHidden();
    }

    @Test
    void aBucketThatIsNotThereIsSaid() {
        fillAndLeave("Bucket", new Customer().name("bucket"));

        assertThat(integrations.text("S3 has no bucket with this name.")).isVisible();
        assertThat(integrations.field("Region")).hasValue("");
        integrations.isAccessible();

        integrations.fill("Bucket", customer.name("bucket"));
        assertThat(integrations.text("S3 has no bucket with this name.")).isHidden();
    }

    @Test
    void whatIsTypedWhileTheAnswerIsAwaitedStays() {
        Route held = hold();
        integrations.fill("Region", "us-west-2");

        held.resume();

        assertThat(integrations.text("US West (Oregon). S3 says that this bucket is in eu-west-1, Europe (Ireland)."))
                .isVisible();
        assertThat(integrations.field("Region")).hasValue("us-west-2");
    }

    @Test
    void aRegionThatSomebodyIsAboutToTypeIsOnlyNamed() {
        Route held = hold();
        integrations.field("Region").focus();

        held.resume();

        assertThat(integrations.text("S3 says that this bucket is in eu-west-1, Europe (Ireland)."))
                .isVisible();
        assertThat(integrations.field("Region")).hasValue("");
        integrations.page().keyboard().press("Tab");
        assertThat(integrations.field("Region")).hasValue("eu-west-1");
    }

    @Test
    void aRegionThatFilledItselfInGoesWithItsBucket() {
        fillAndLeave("Bucket", customer.name("bucket"));
        assertThat(integrations.field("Region")).hasValue("eu-west-1");
        Customer other = new Customer().in("eu-central-1").withBucket();

        fillAndLeave("Bucket", other.name("bucket"));

        assertThat(integrations.field("Region")).hasValue("eu-central-1");
        assertThat(integrations.text("S3 says that this bucket")).isHidden();
    }

    @Test
    void anAnswerAboutAnotherNameIsNotShown() {
        Route held = hold();
        Customer other = new Customer().in("eu-central-1").withBucket();
        integrations.page().unroute(LOOKUP);
        fillAndLeave("Bucket", other.name("bucket"));
        assertThat(integrations.field("Region")).hasValue("eu-central-1");

        held.resume();
        integrations.fill("Bucket", "").fill("Region", "");
        fillAndLeave("Bucket", other.name("bucket"));

        assertThat(integrations.field("Region")).hasValue("eu-central-1");
        assertThat(integrations.text("Europe (Ireland)")).isHidden();
    }

    @Test
    void withoutAnAnswerEverythingIsAsBefore() {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        integrations.page().route(LOOKUP, route -> {
            route.fulfill(new Route.FulfillOptions().setStatus(503));
            failed.complete(null);
        });
        fillAndLeave("Bucket", customer.name("bucket"));
        integrations.page().waitForCondition(failed::isDone);

        fillAndLeave("Region", "irel");

        assertThat(integrations.field("Region")).hasValue("eu-west-1");
        assertThat(integrations.field("Bucket")).hasValue(customer.name("bucket"));
    }

    /** Names the bucket and holds back the question where it is. */
    private Route hold() {
        CompletableFuture<Route> held = new CompletableFuture<>();
        integrations.page().route(LOOKUP, held::complete);
        fillAndLeave("Bucket", customer.name("bucket"));
        integrations.page().waitForCondition(held::isDone);
        return held.join();
    }

    private void fillAndLeave(String label, String value) {
        integrations.fill(label, value);
        integrations.page().keyboard().press("Tab");
    }
}
