package dev.sea.integrations.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sea.integrations.report.ReportView;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of an integration's reports, newest first; without a next cursor the last one. */
public record HistoryView(
        @Schema(type = SchemaType.ARRAY, implementation = ReportView.class)
        List<JsonNode> items,

        @Nullable String nextCursor) {}
