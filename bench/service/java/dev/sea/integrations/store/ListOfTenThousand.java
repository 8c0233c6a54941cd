package dev.sea.integrations.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What a page costs in a tenant that has 10,000 integrations: a measurement, run by {@code bench/run}. */
@QuarkusTest
class ListOfTenThousand {
    private static final String TABLE = "local-sea-external-integrations";
    private static final int INTEGRATIONS = 10_000;
    private static final int BATCH = 25;
    private static final int LIMIT = 50;
    private static final int TIMES = 15;

    private final Actor actor = new Actor(new Tenant(Gateway.freshTenant()), "ada", "198.51.100.7", "request");
    private final Gateway admin = Gateway.admin(actor.tenant().id());

    @Test
    void pageOneAndPageOneHundred() throws IOException {
        for (int first = 0; first < INTEGRATIONS; first += BATCH) {
            store(first);
        }
        List<String> pages = new ArrayList<>(List.of("/v1/integrations?limit=" + LIMIT));
        for (int page = 2; page <= 100; page++) {
            JsonNode before = admin.get(pages.getLast()).json();
            pages.add("/v1/integrations?limit=" + LIMIT + "&cursor="
                    + before.path("nextCursor").asText());
        }
        List<String> table = new ArrayList<>(List.of(
                "| page of " + LIMIT + " in " + INTEGRATIONS + " | DynamoDB calls | median ms | of it in the service |",
                "|---|---|---|---|"));
        for (int page : List.of(1, 100, 1, 100)) {
            table.add(measured(page, pages.get(page - 1)));
        }
        Files.createDirectories(Path.of("target", "bench"));
        Files.write(Path.of("target", "bench", "list.md"), table);
    }

    /** moto reads all of a tenant's items for every Query, and skips to the start of the page: its time is not AWS's. */
    private String measured(int page, String path) {
        double[] whole = new double[TIMES];
        double[] own = new double[TIMES];
        int calls = 0;
        for (int i = 0; i < TIMES; i++) {
            long since = System.currentTimeMillis();
            long start = System.nanoTime();
            assertThat(admin.get(path).json().path("items")).hasSize(LIMIT);
            whole[i] = (System.nanoTime() - start) / 1e6;
            List<LocalAws.Call> made = LocalAws.calls(since, Map.of("service", "dynamodb"));
            calls += made.size();
            own[i] = whole[i]
                    - made.stream()
                            .mapToDouble(call -> call.end() - call.start())
                            .sum();
        }
        Arrays.sort(whole);
        Arrays.sort(own);
        return "| %d | %s | %.1f | %.1f |".formatted(page, (double) calls / TIMES, whole[TIMES / 2], own[TIMES / 2]);
    }

    private void store(int first) {
        Random random = new Random(first);
        List<WriteRequest> puts = new ArrayList<>();
        for (int i = first; i < first + BATCH; i++) {
            Instant then = Instant.ofEpochMilli(1_760_000_000_000L + i * 1000L);
            NewIntegration wanted = new NewIntegration(
                    new IntegrationName("Plant " + i),
                    Description.NONE,
                    new Draft(
                            new Target(
                                    new AwsRegion("eu-west-1"),
                                    new BucketName("acme-sea-recordings"),
                                    new KeyPrefix("plant-" + i),
                                    Optional.empty(),
                                    Optional.empty()),
                            true,
                            new PresentedAccess.Role(role(), new ExternalId("sea-" + i))));
            Integration integration = Integration.created(
                    IntegrationId.next(then, random),
                    wanted,
                    new Access.AssumedRole(role(), new ExternalId("sea-" + i)),
                    actor,
                    then);
            puts.add(WriteRequest.builder()
                    .putRequest(put -> put.item(IntegrationItem.of(integration, "bench")))
                    .build());
        }
        Account.SERVICE.dynamoDb().batchWriteItem(request -> request.requestItems(Map.of(TABLE, puts)));
    }

    private static RoleArn role() {
        return new RoleArn("arn:aws:iam::222233334444:role/SEA_ext_access_recorder");
    }
}
