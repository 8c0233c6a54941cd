package dev.sea.integrations.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.HeldUpload;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The record tells which validations may read the object of an earlier one beside writing it, and with which key. */
@QuarkusTest
class LaterProofsTest {
    private static final Set<String> OF_OBJECT = Set.of("GetObject", "GetObjectTagging", "Encrypt", "GenerateDataKey");

    @Inject
    TestClock clock;

    private Customer customer;

    @BeforeEach
    void nothingElseIsDue() {
        customer = new Customer()
                .withKey()
                .withBucket()
                .withEncryptedBucket()
                .withRole(Customer.TRUST, Customer.PERMISSIONS_WITH_KMS);
        Monitored.forgetOthers();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void ofTheSameTargetOnDemandAndByTheSchedule() {
        Monitored integration = Monitored.active(customer);

        besidePut("FULL", () -> integration.admin().post(integration.path() + "/validations", null));
        besidePut("LIGHT", () -> {
            clock.advance(Duration.ofMinutes(70));
            integration.sweep();
        });
        besidePut("FULL", () -> {
            clock.advance(Duration.ofDays(2));
            integration.sweep();
        });
    }

    @Test
    void onlyOfTheSameTarget() {
        Monitored integration = Monitored.active(customer);

        afterPut(() -> edited(integration, "{\"target\": {\"prefix\": \"elsewhere/\"}}"));
        besidePut("FULL", () -> integration.admin().post(integration.path() + "/validations", null));
    }

    @Test
    void onlyAfterAPassThatStillStands() {
        Monitored integration = Monitored.active(customer);
        customer.withPermissions(Customer.PERMISSIONS_WITH_KMS.replace("\"s3:ListBucket\", ", ""));
        besidePut("FULL", () -> integration.admin().post(integration.path() + "/validations", null));
        customer.withPermissions(Customer.PERMISSIONS_WITH_KMS);

        afterPut(() -> integration.admin().post(integration.path() + "/validations", null));
        besidePut("FULL", () -> integration.admin().post(integration.path() + "/validations", null));
    }

    private static Gateway.Answer edited(Monitored integration, String patch) {
        Gateway.Answer answer = integration.admin().header("if-match", "*").send("PATCH", integration.path(), patch);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private void besidePut(String scope, Runnable validation) {
        List<LocalAws.Call> calls = during(scope.equals("FULL"), validation);

        LocalAws.Call put = Collections.max(puts(calls), Comparator.comparingDouble(LocalAws.Call::end));
        assertThat(put.status()).isEqualTo(scope.equals("FULL") ? 200 : 412);
        assertThat(calls)
                .filteredOn(call -> OF_OBJECT.contains(call.operation()))
                .hasSize(scope.equals("FULL") ? 5 : 4)
                .allSatisfy(
                        call -> assertThat(call.start()).as(call.operation()).isLessThan(put.end()));
    }

    private void afterPut(Runnable validation) {
        List<LocalAws.Call> calls = during(true, validation);

        // On a machine that is so slow that the SDK sends it again, the service goes on with the first that is
        // answered.
        LocalAws.Call put = Collections.min(puts(calls), Comparator.comparingDouble(LocalAws.Call::end));
        assertThat(calls)
                .filteredOn(call -> OF_OBJECT.contains(call.operation()))
                .hasSize(5)
                .allSatisfy(
                        call -> assertThat(call.start()).as(call.operation()).isGreaterThanOrEqualTo(put.end()));
    }

    private static List<LocalAws.Call> puts(List<LocalAws.Call> calls) {
        return calls.stream()
                .filter(call -> call.operation().equals("PutObject"))
                .toList();
    }

    private List<LocalAws.Call> during(boolean full, Runnable validation) {
        try (HeldUpload held = HeldUpload.of(customer, full)) {
            validation.run();
            return held.calls();
        }
    }
}
