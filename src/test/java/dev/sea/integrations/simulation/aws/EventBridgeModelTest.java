package dev.sea.integrations.simulation.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.LocalAws;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** The model of EventBridge takes and refuses what the local AWS does, and fails entries on demand. */
class EventBridgeModelTest {
    private static final Answers ANSWERS = new Answers(Set.of("EventId"), false);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 11})
    void takesAsManyEntriesAsTheLocalAwsDoes(int number) {
        String trial = UUID.randomUUID().toString();
        PutEventsRequest request = request(trial, number);
        EventBridgeModel model = new EventBridgeModel();
        try (EventBridgeClient aws = EventBridgeClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(LocalAws.endpoint())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("AKIALOCALADMIN000000", "local-admin-secret")))
                .build()) {

            String ofModel = ANSWERS.of(() -> model.putEvents(request));

            assertThat(ofModel).isEqualTo(ANSWERS.of(() -> aws.putEvents(request)));
            assertThat(model.sent())
                    .hasSameSizeAs(LocalAws.events(Map.of("trial", trial)))
                    .hasSize(number == 11 ? 0 : number);
        }
    }

    @Test
    void failsTheEntriesThatItIsToldTo() {
        EventBridgeModel model = new EventBridgeModel();
        PutEventsRequest request = request("trial", 3);
        PutEventsRequestEntry second = request.entries().get(1);
        model.refuse(second::equals);

        PutEventsResponse answer = model.putEvents(request);

        assertThat(answer.failedEntryCount()).isEqualTo(1);
        assertThat(answer.entries())
                .extracting(PutEventsResultEntry::errorCode)
                .containsExactly(null, "ThrottlingException", null);
        assertThat(model.sent()).doesNotContain(second).hasSize(2);
    }

    private static PutEventsRequest request(String trial, int number) {
        List<PutEventsRequestEntry> entries = IntStream.range(0, number)
                .mapToObj(place -> PutEventsRequestEntry.builder()
                        .source("sea.external-integrations")
                        .detailType("Integration Health Changed")
                        .detail("{\"trial\": \"" + trial + "\", \"place\": " + place + "}")
                        .build())
                .toList();
        return PutEventsRequest.builder().entries(entries).build();
    }
}
