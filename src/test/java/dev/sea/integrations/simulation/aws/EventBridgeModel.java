package dev.sea.integrations.simulation.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * EventBridge in memory: PutEvents, which may take only some of the entries.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
public final class EventBridgeModel implements EventBridgeClient {
    private static final int MOST_AT_ONCE = 10;

    private final List<PutEventsRequestEntry> sent = new ArrayList<>();
    private Predicate<PutEventsRequestEntry> refused = _ -> false;

    /** All entries that the bus has taken, oldest first. */
    public List<PutEventsRequestEntry> sent() {
        return List.copyOf(sent);
    }

    /** Says which entries fail, until it is said anew. */
    public void refuse(Predicate<PutEventsRequestEntry> entries) {
        refused = entries;
    }

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
        if (request.entries().isEmpty() || request.entries().size() > MOST_AT_ONCE) {
            throw AwsErrors.with(
                            EventBridgeException.builder(),
                            "ValidationException",
                            "1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have"
                                    + " length from 1 to 10")
                    .build();
        }
        List<PutEventsResultEntry> results =
                request.entries().stream().map(this::put).toList();
        return PutEventsResponse.builder()
                .entries(results)
                .failedEntryCount((int) results.stream()
                        .filter(result -> result.errorCode() != null)
                        .count())
                .build();
    }

    private PutEventsResultEntry put(PutEventsRequestEntry entry) {
        if (refused.test(entry)) {
            return PutEventsResultEntry.builder()
                    .errorCode("ThrottlingException")
                    .errorMessage("Rate exceeded")
                    .build();
        }
        sent.add(entry);
        return PutEventsResultEntry.builder().eventId("event-" + sent.size()).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
