package dev.sea.integrations.event;

import dev.sea.integrations.SeaConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * The bus on which events are published.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html">PutEvents</a>
 */
@ApplicationScoped
class EventBus {
    /** The most entries that PutEvents takes at once. */
    static final int MOST_AT_ONCE = 10;

    private static final String SOURCE = "sea.external-integrations";
    private static final Logger LOG = Logger.getLogger(EventBus.class);

    private final EventBridgeClient events;
    private final String bus;

    EventBus(EventBridgeClient events, SeaConfig config) {
        this.events = events;
        this.bus = config.eventBus();
    }

    /** Sends at most {@value #MOST_AT_ONCE} and returns those that the bus took: PutEvents succeeds even when entries fail. */
    List<OutboxStore.Pending> taken(List<OutboxStore.Pending> pending) {
        try {
            PutEventsResponse answer = events.putEvents(
                    request -> request.entries(pending.stream().map(this::entry).toList()));
            return answer.failedEntryCount() == 0 ? pending : withoutFailed(pending, answer.entries());
        } catch (SdkException failure) {
            LOG.warnf(failure, "%d events wait for the next sweep", pending.size());
            return List.of();
        }
    }

    private PutEventsRequestEntry entry(OutboxStore.Pending pending) {
        return PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(SOURCE)
                .detailType(pending.detailType())
                .time(pending.changedAt())
                .detail(pending.detail())
                .build();
    }

    private static List<OutboxStore.Pending> withoutFailed(
            List<OutboxStore.Pending> pending, List<PutEventsResultEntry> results) {
        List<OutboxStore.Pending> taken = new ArrayList<>();
        for (int i = 0; i < pending.size() && i < results.size(); i++) {
            PutEventsResultEntry result = results.get(i);
            if (result.errorCode() == null) {
                taken.add(pending.get(i));
            } else {
                LOG.warnf(
                        "event %s waits for the next sweep: %s %s",
                        pending.get(i).key(), result.errorCode(), result.errorMessage());
            }
        }
        return taken;
    }
}
