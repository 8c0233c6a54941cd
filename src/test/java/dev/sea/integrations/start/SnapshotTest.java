package dev.sea.integrations.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.client.AwsConfig;
import dev.sea.integrations.client.RegionalClients;
import dev.sea.integrations.testing.LocalAws;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SnapshotTest {
    @Inject
    Snapshot snapshot;

    @Inject
    SeaConfig config;

    @Inject
    RegionalClients clients;

    @Inject
    AwsConfig aws;

    @Test
    void whatIsDoneBeforeASnapshotReadsTheTableAndDoesNothingElseInAws() {
        long before = System.currentTimeMillis();

        snapshot.beforeCheckpoint(Core.getGlobalContext());

        List<LocalAws.Call> calls = LocalAws.calls(before, Map.of());
        assertThat(calls).isNotEmpty().allSatisfy(call -> {
            assertThat(call.service()).isEqualTo("dynamodb");
            assertThat(call.operation()).isEqualTo("Query");
            assertThat(call.status()).isEqualTo(200);
        });
    }

    @Test
    void aSnapshotIsTakenEvenIfNothingCouldBeRehearsed() {
        Snapshot unlucky = new Snapshot(new Rehearsal(config, aws, clients) {
            @Override
            public void run() throws IOException {
                throw new IOException("no request could be made");
            }
        });

        assertThatCode(() -> unlucky.beforeCheckpoint(Core.getGlobalContext())).doesNotThrowAnyException();
    }
}
