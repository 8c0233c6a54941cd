package dev.sea.integrations.store;

import dev.sea.integrations.aws.AccountId;
import dev.sea.integrations.aws.KmsKeyArn;
import dev.sea.integrations.integration.Health;
import dev.sea.integrations.integration.Health.ObjectEncryption;
import dev.sea.integrations.table.TypedItem;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Health as an attribute of the record's item, both ways. Pure. */
final class HealthItem {
    static final String SEQUENCE = "sequence";
    static final String STATUS = "status";
    private static final String FAILED_CHECKS = "failedChecks";
    static final String NEXT_CHECK_AT = "nextCheckAt";
    static final String GUARD_AGAIN_AT = "guardAgainAt";

    /** What {@link #knownAt} reads, as a part of a projection in which {@code #health} is the attribute. */
    static final String KNOWN_AT = "#health.provedAt, #health.checkedAt, #health.since";

    private HealthItem() {}

    static Map<String, AttributeValue> of(Health health) {
        Map<String, AttributeValue> item = new HashMap<>();
        new TypedItem(item)
                .text(STATUS, health.status().name())
                .time("since", health.since())
                .time("checkedAt", health.checkedAt())
                .time("provedAt", health.provedAt())
                .time(NEXT_CHECK_AT, health.nextCheckAt())
                .text("summary", health.summary())
                .text(FAILED_CHECKS, joined(health.failedChecks()))
                .number("failures", health.failures())
                .number("waits", health.waits())
                .text("pinnedOwner", health.pinnedOwner().map(AccountId::value))
                .number("fullPassVersion", health.fullPass().map(Health.FullPass::version))
                .time("fullPassAt", health.fullPass().map(Health.FullPass::at))
                .flag(
                        "fullPassKeyDirectly",
                        health.fullPass()
                                .filter(Health.FullPass::keyAnswersDirectly)
                                .isPresent())
                .text("objectKey", encryption(health).map(ObjectEncryption::key).map(KmsKeyArn::value))
                .flag(
                        "objectBucketKey",
                        encryption(health).filter(ObjectEncryption::bucketKey).isPresent())
                .time(GUARD_AGAIN_AT, health.fullPass().flatMap(Health.FullPass::guardAgainAt))
                .time("fullTriedAt", health.fullTriedAt())
                .number(SEQUENCE, health.sequence());
        return item;
    }

    static Health health(TypedItem attributes) {
        return new Health(
                status(attributes),
                attributes.time("since"),
                attributes.optionalTime("checkedAt"),
                provedAt(attributes),
                attributes.optionalTime(NEXT_CHECK_AT),
                attributes.text("summary"),
                // Records from before this attribute have none.
                attributes
                        .optionalText(FAILED_CHECKS)
                        .map(checks -> List.of(checks.split(" ")))
                        .orElse(List.of()),
                (int) attributes.number("failures"),
                (int) attributes.number("waits"),
                attributes.optionalText("pinnedOwner").map(AccountId::new),
                attributes
                        .optionalTime("fullPassAt")
                        .map(at -> new Health.FullPass(
                                attributes.number("fullPassVersion"),
                                at,
                                attributes.flag("fullPassKeyDirectly"),
                                attributes
                                        .optionalText("objectKey")
                                        .map(key -> new ObjectEncryption(
                                                new KmsKeyArn(key), attributes.flag("objectBucketKey"))),
                                attributes.optionalTime(GUARD_AGAIN_AT))),
                attributes.optionalTime("fullTriedAt"),
                attributes.number(SEQUENCE));
    }

    private static Optional<String> joined(List<String> checks) {
        return checks.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", checks));
    }

    /** When a validation last learned something; before the first one, when the status began. */
    static Instant knownAt(TypedItem attributes) {
        return provedAt(attributes).orElseGet(() -> attributes.time("since"));
    }

    /** Records from before this attribute have none. Only a check that learned something could change their status. */
    private static Optional<Instant> provedAt(TypedItem attributes) {
        return attributes
                .optionalTime("provedAt")
                .or(() -> status(attributes) == Health.Status.UNKNOWN
                        ? Optional.empty()
                        : attributes.optionalTime("checkedAt"));
    }

    private static Health.Status status(TypedItem attributes) {
        return Health.Status.valueOf(attributes.text(STATUS));
    }

    private static Optional<ObjectEncryption> encryption(Health health) {
        return health.fullPass().flatMap(Health.FullPass::encryption);
    }
}
