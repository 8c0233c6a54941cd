package dev.sea.integrations.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.grant.GrantStore;
import dev.sea.integrations.grant.RecordGrant;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.Monitored;
import dev.sea.integrations.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recorders that report at the same time, and a sweep that looks meanwhile. */
@QuarkusTest
class ReportRacesTest {
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
    void eachGrantCountsOnceHoweverManyReportAtATime() throws Exception {
        Recorder recorder = new Recorder(integration, grants);
        RecordGrant shared = recorder.granted(clock.instant());
        recorder.stores(shared);
        RecordGrant looked = recorder.granted(clock.instant());
        recorder.stores(looked);
        clock.advance(Recorder.LIFETIME.plus(Duration.ofMinutes(1)));
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RecordGrant failing = recorder.granted(clock.instant());
            work.add(() -> recorder.reportsStored(shared).status());
            work.add(() -> recorder.reportsFailed(failing, 403, "AccessDenied").status());
        }
        work.add(() -> recorder.reportsStored(looked).status());
        work.add(() -> integration.sweep().path("failed").asInt()
                + Gateway.admin(integration.tenant()).get(integration.path()).status());

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> done : threads.invokeAll(work)) {
                statuses.add(done.get());
            }
        }

        assertThat(statuses).containsOnly(200);
        JsonNode totals =
                integration.admin().get(integration.path() + "/evidence").json().path("totals");
        assertThat(totals.path("granted").asInt()).isEqualTo(6);
        assertThat(totals.path("stored").asInt()).isEqualTo(2);
        assertThat(totals.path("failed").asInt()).isEqualTo(4);
        assertThat(LocalAws.events(integration.id(), "Integration Use Failing")).isEmpty();
    }
}
