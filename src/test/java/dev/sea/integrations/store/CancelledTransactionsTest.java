package dev.sea.integrations.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.sea.integrations.Pauses;
import dev.sea.integrations.SeaConfig;
import dev.sea.integrations.aws.AwsRegion;
import dev.sea.integrations.aws.BucketName;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KeyPrefix;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.externalid.ExternalIdClaimStore;
import dev.sea.integrations.externalid.ExternalIdRefused;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Description;
import dev.sea.integrations.integration.Draft;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.integration.IntegrationName;
import dev.sea.integrations.integration.LimitReached;
import dev.sea.integrations.integration.NameTaken;
import dev.sea.integrations.integration.NewIntegration;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.problem.Unavailable;
import dev.sea.integrations.secret.SecretMarkerStore;
import dev.sea.integrations.security.Actor;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.table.Contention;
import dev.sea.integrations.table.Transactions;
import dev.sea.integrations.testing.Configured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Reasons that the local AWS never gives, from a server that answers as DynamoDB does. */
class CancelledTransactionsTest {
    private static final String OK = "{}";
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private TransactionStore transactions;
    private NameClaimStore names;
    private TenantCountStore counts;
    private AccessClaims accesses;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String answer = answers.size() > 1 ? answers.remove() : answers.element();
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(answer.equals(OK) ? 200 : 400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        DynamoDbClient dynamo = DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIA", "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        SeaConfig config = Configured.only(Map.of()).getConfigMapping(SeaConfig.class);
        transactions = new TransactionStore(
                new Transactions(dynamo, new Contention(RandomGenerator.getDefault(), new Pauses())));
        names = new NameClaimStore(dynamo, config);
        counts = new TenantCountStore(config);
        accesses = new AccessClaims(
                new ExternalIdClaimStore(dynamo, config, Clock.systemUTC()),
                new SecretMarkerStore(dynamo, config, Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
    void aPassingReasonIsTriedAgainAsTheSameRequest(String reason) {
        answer(cancelled("None", "None", reason, "None"), cancelled("None", reason, "None", "None"), OK);

        write(integration());

        assertThat(requests).hasSize(3);
        assertThat(requests).allMatch(request -> request.contains("\"ClientRequestToken\":\"stamp-1\""));
    }

    @Test
    void whatNeverPassesIsUnavailable() {
        answer(cancelled("None", "None", "TransactionConflict", "None"));

        assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> write(integration()));
        assertThat(requests).hasSize(8);
    }

    @Test
    void aConditionIsAnsweredWhateverElseWasInTheWay() {
        answer(cancelled("None", "ConditionalCheckFailed", "TransactionConflict", "None"));

        assertThatExceptionOfType(NameTaken.class).isThrownBy(() -> write(integration()));
        assertThat(requests).hasSize(1);
    }

    @Test
    void eachConditionHasItsOwnRefusal() {
        answer(cancelled("None", "None", "ConditionalCheckFailed", "None"));
        assertThatExceptionOfType(LimitReached.class).isThrownBy(() -> write(integration()));

        answers.clear();
        answer(cancelled("None", "None", "None", "ConditionalCheckFailed"));
        assertThatExceptionOfType(ExternalIdRefused.class).isThrownBy(() -> write(integration()));
    }

    @Test
    void aMistakeOfOursIsNoRefusalAndNotTriedAgain() {
        answer(cancelled("ValidationError", "None", "None", "None"));

        assertThatExceptionOfType(TransactionCanceledException.class).isThrownBy(() -> write(integration()));
        assertThat(requests).hasSize(1);
    }

    /** As a creation writes it. */
    private void write(Integration integration) {
        TransactWriteItem record = TransactWriteItem.builder()
                .put(put -> put.tableName("table").item(IntegrationItem.of(integration, "stamp-1")))
                .build();
        transactions.write(
                record,
                List.of(
                        names.claimed(integration).getFirst(),
                        counts.oneMore(integration.tenant()),
                        accesses.taken(integration)),
                "stamp-1");
    }

    private void answer(String... inTurn) {
        answers.addAll(Arrays.asList(inTurn));
    }

    private static String cancelled(String... reasons) {
        return """
                {"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException", "Message": "Transaction cancelled",
                 "CancellationReasons": [%s]}""".formatted(Stream.of(reasons)
                .map(reason -> "{\"Code\": \"" + reason + "\"}")
                .collect(Collectors.joining(", ")));
    }

    private static Integration integration() {
        RoleArn role = new RoleArn("arn:aws:iam::222233334444:role/SEA_ext_access_recorder");
        ExternalId externalId = new ExternalId("sea-7");
        Target target = new Target(
                new AwsRegion("eu-west-1"), new BucketName("acme"), KeyPrefix.NONE, Optional.empty(), Optional.empty());
        return Integration.created(
                new IntegrationId("int_01JD9Z00000000000000000000"),
                new NewIntegration(
                        new IntegrationName("Plant 7"),
                        Description.NONE,
                        new Draft(target, true, new PresentedAccess.Role(role, externalId))),
                new Access.AssumedRole(role, externalId),
                new Actor(new Tenant("acme"), "ada", "192.0.2.1", "request-1"),
                Instant.EPOCH);
    }
}
