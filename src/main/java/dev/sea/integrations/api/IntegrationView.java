package dev.sea.integrations.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sea.integrations.advice.Advice;
import dev.sea.integrations.advice.AdviceWriter;
import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.ExternalId;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.Access;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Integration;
import dev.sea.integrations.integration.State;
import dev.sea.integrations.integration.Target;
import dev.sea.integrations.report.ReportView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An integration as the API shows it.
 *
 * @param targetRevision which of its targets this is, from 1
 * @param advice what else the customer may want to know; it never changes the health
 * @param validation the report of a creation or change that was validated; left out of other answers
 */
@Schema(name = "Integration")
public record IntegrationView(
        String id,
        String type,
        String name,
        String description,
        State state,
        TargetView target,
        int targetRevision,
        boolean sessionMetadata,
        AccessView access,
        HealthView health,
        List<Advice> advice,
        long version,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        String updatedBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ReportView validation) {

    /** The bucket, and where it is. */
    @Schema(name = "Target")
    public record TargetView(
            String region,
            String bucket,
            String prefix,
            @Nullable String expectedBucketOwner,
            @Nullable String kmsKeyArn) {

        static TargetView of(Target target) {
            return new TargetView(
                    target.region().id(),
                    target.bucket().value(),
                    target.prefix().value(),
                    target.expectedBucketOwner().map(AccountId::value).orElse(null),
                    target.kmsKey().map(KmsKeyArn::value).orElse(null));
        }
    }

    /** How SEA gets access: only the members of its method. The access key ID is masked. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Access")
    public record AccessView(
            Access.Method method,
            @Nullable String roleArn,
            @Nullable String externalId,
            @Nullable String accessKeyId,
            @Nullable Instant setAt) {}

    /**
     * The latest health.
     *
     * @param provedAt time of the last validation that learned something; null if there was none
     */
    @Schema(name = "Health")
    public record HealthView(
            Health.Status status,
            Instant since,
            @Nullable Instant checkedAt,
            @Nullable Instant provedAt,
            @Nullable Instant nextCheckAt,
            String summary) {}

    /**
     * A page of integrations.
     *
     * @param unreadable IDs of those whose records cannot be read
     * @param nextCursor null on the last page
     */
    @Schema(name = "IntegrationPage")
    public record PageView(
            List<IntegrationView> items,
            List<String> unreadable,
            @Nullable String nextCursor) {}

    /**
     * The targets that an integration has and had.
     *
     * @param items the current one first
     */
    @Schema(name = "Targets")
    public record TargetsView(List<RevisionView> items) {

        static TargetsView of(Integration integration) {
            List<RevisionView> items = new ArrayList<>(
                    List.of(new RevisionView(integration.targetRevision(), TargetView.of(integration.target()), null)));
            for (int revision = integration.targetRevision() - 1; revision > 0; revision--) {
                Target.Former former = integration.formerTargets().get(revision - 1);
                items.add(new RevisionView(revision, TargetView.of(former.target()), former.until()));
            }
            return new TargetsView(items);
        }
    }

    /**
     * One of an integration's targets.
     *
     * @param until when another one took its place; null for the current one
     */
    @Schema(name = "NumberedTarget")
    public record RevisionView(
            int revision, TargetView target, @Nullable Instant until) {}

    static IntegrationView of(Integration integration) {
        return of(integration, null);
    }

    static IntegrationView of(Integration integration, @Nullable ReportView validation) {
        return new IntegrationView(
                integration.id().value(),
                "S3",
                integration.name().value(),
                integration.description().value(),
                integration.state(),
                TargetView.of(integration.target()),
                integration.targetRevision(),
                integration.sessionMetadata(),
                access(integration.access()),
                health(integration.health()),
                AdviceWriter.of(integration.posture(), integration.target()),
                integration.version(),
                integration.createdAt(),
                integration.createdBy(),
                integration.updatedAt(),
                integration.updatedBy(),
                validation);
    }

    private static AccessView access(Access access) {
        return switch (access) {
            case Access.AssumedRole(RoleArn role, ExternalId externalId) ->
                new AccessView(Access.Method.ASSUME_ROLE, role.value(), externalId.value(), null, null);
            case Access.StoredKeys keys ->
                new AccessView(
                        Access.Method.ACCESS_CREDENTIAL,
                        null,
                        null,
                        keys.accessKeyId().masked(),
                        keys.setAt());
        };
    }

    private static HealthView health(Health health) {
        return new HealthView(
                health.status(),
                health.since(),
                health.checkedAt().orElse(null),
                health.provedAt().orElse(null),
                health.nextCheckAt().orElse(null),
                health.summary());
    }
}
