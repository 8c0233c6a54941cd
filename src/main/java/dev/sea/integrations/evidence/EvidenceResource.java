package dev.sea.integrations.evidence;

import dev.sea.integrations.evidence.EvidenceStore.Day;
import dev.sea.integrations.input.QueryParameters;
import dev.sea.integrations.integration.IntegrationId;
import dev.sea.integrations.security.Caller;
import dev.sea.integrations.security.Role;
import dev.sea.integrations.security.Tenant;
import dev.sea.integrations.store.IntegrationStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What became of an integration's grants to record, by day. */
@Path("/v1/integrations/{id}/evidence")
@Produces(MediaType.APPLICATION_JSON)
public class EvidenceResource {
    private static final int USUAL_DAYS = 30;

    private final IntegrationStore integrations;
    private final EvidenceStore evidence;
    private final TrackedGrantStore grants;
    private final Caller caller;
    private final InstantSource time;

    EvidenceResource(
            IntegrationStore integrations,
            EvidenceStore evidence,
            TrackedGrantStore grants,
            Caller caller,
            InstantSource time) {
        this.integrations = integrations;
        this.evidence = evidence;
        this.grants = grants;
        this.caller = caller;
        this.time = time;
    }

    /**
     * The days, and their sums.
     *
     * @param days the oldest first, those without grants too
     * @param lastStoredAt when the last receipt for a grant of these days was given; null if there is none
     */
    @Schema(name = "Evidence")
    public record EvidenceView(
            List<DayView> days, TotalsView totals, @Nullable Instant lastStoredAt) {}

    /**
     * The grants of one day, whenever their outcomes became known.
     *
     * @param date in UTC
     * @param granted the sum of open, stored, failed, missing and unverified
     * @param bytes that are stored
     */
    @Schema(name = "EvidenceDay")
    public record DayView(
            LocalDate date,
            long granted,
            long open,
            long stored,
            long failed,
            long missing,
            long unverified,
            long bytes) {}

    /** The sums over all days. */
    @Schema(name = "EvidenceTotals")
    public record TotalsView(
            long granted, long open, long stored, long failed, long missing, long unverified, long bytes) {

        private static TotalsView of(List<DayView> days) {
            return new TotalsView(
                    sum(days, DayView::granted),
                    sum(days, DayView::open),
                    sum(days, DayView::stored),
                    sum(days, DayView::failed),
                    sum(days, DayView::missing),
                    sum(days, DayView::unverified),
                    sum(days, DayView::bytes));
        }

        private static long sum(List<DayView> days, ToLongFunction<DayView> count) {
            return days.stream().mapToLong(count).sum();
        }
    }

    @GET
    @RolesAllowed({Role.SYSTEM_ADMIN, Role.ACCESS_ADMIN, Role.WORKFLOW})
    @Operation(
            operationId = "getEvidence",
            summary = "Show what became of an integration's grants to record, by day",
            description = "Each grant counts on its own day, in UTC, whenever its outcome became known.")
    @APIResponse(responseCode = "200", description = "The days, the oldest first, and their sums")
    @APIResponse(responseCode = "400", description = "The number of days is not from 1 to 90")
    public EvidenceView evidence(
            String id,
            @Parameter(
                            description = "The last days, today included",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "90",
                                            defaultValue = "30"))
                    @QueryParam("days")
                    @Nullable
                    String days) {
        Tenant tenant = caller.actor().tenant();
        IntegrationId integration = IntegrationId.ofPath(id);
        int number = QueryParameters.number("days", days, EvidenceStore.MOST_DAYS, USUAL_DAYS);
        integrations.get(tenant, integration);
        Instant now = time.instant();
        LocalDate today = TrackedGrant.dayOf(now);
        LocalDate first = today.minusDays(number - 1L);
        Map<LocalDate, Day> settled = evidence.days(tenant, integration, first, today);
        Map<LocalDate, Long> open = grants.open(tenant, integration, now.minus(TrackedGrant.OPEN_AT_MOST));
        List<DayView> shown = first.datesUntil(today.plusDays(1))
                .map(date -> day(date, settled.getOrDefault(date, Day.EMPTY), open.getOrDefault(date, 0L)))
                .toList();
        Optional<Instant> lastStored = settled.values().stream()
                .flatMap(day -> day.lastStored().stream())
                .max(Comparator.naturalOrder());
        return new EvidenceView(shown, TotalsView.of(shown), lastStored.orElse(null));
    }

    private static DayView day(LocalDate date, Day day, long open) {
        return new DayView(
                date,
                open + day.stored() + day.failed() + day.missing() + day.unverified(),
                open,
                day.stored(),
                day.failed(),
                day.missing(),
                day.unverified(),
                day.bytes());
    }
}
