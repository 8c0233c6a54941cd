package dev.sea.integrations.evidence;

import dev.sea.integrations.aws.ContentSha256;
import dev.sea.integrations.evidence.Sighting.There;
import dev.sea.integrations.evidence.TrackedGrant.Failure;
import dev.sea.integrations.evidence.TrackedGrant.Reason;
import dev.sea.integrations.grant.GrantItem;
import dev.sea.integrations.table.Transactions;
import dev.sea.integrations.table.TypedItem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is known of a grant's outcome as attributes of its item, both ways. Pure. */
final class TrackedGrantItem {
    /** In the index of what is due. */
    static final String DUE_AT = "dueAt";

    static final String DUE_PARTITION = "duePartition";
    /** The token of the sweep that is looking. It holds until {@link #DUE_AT}. */
    static final String LEASE = "lease";

    static final String TTL = "ttl";
    private static final String REASON = "reason";
    private static final String SETTLED_AT = "settledAt";
    private static final String SIZE = "seenSize";
    private static final String SHA256 = "seenSha256";
    private static final String IN_PARTS = "seenInParts";
    private static final String E_TAG = "seenETag";
    private static final String VERSION_ID = "seenVersionId";
    private static final String EXPIRATION = "seenExpiration";
    private static final String HTTP_STATUS = "toldStatus";
    private static final String ERROR_CODE = "toldCode";

    private TrackedGrantItem() {}

    /** All that an outcome sets. What is not in it does not belong to the outcome either, and goes. */
    static Map<String, AttributeValue> outcome(TrackedGrant grant) {
        Map<String, AttributeValue> item = new HashMap<>();
        TypedItem attributes = new TypedItem(item)
                .text(GrantItem.STATE, grant.state().name())
                .text(REASON, grant.reason().map(Reason::name))
                .time(SETTLED_AT, grant.settledAt())
                .number(HTTP_STATUS, grant.told().flatMap(Failure::httpStatus).map(Integer::longValue))
                .text(ERROR_CODE, grant.told().flatMap(Failure::errorCode));
        grant.seen()
                .ifPresent(seen -> attributes
                        .number(SIZE, seen.size())
                        .text(SHA256, seen.sha256().map(ContentSha256::value))
                        .flag(IN_PARTS, seen.inParts())
                        .text(E_TAG, seen.eTag())
                        .text(VERSION_ID, seen.versionId())
                        .text(EXPIRATION, seen.expiration()));
        return item;
    }

    static TrackedGrant tracked(Map<String, AttributeValue> item) {
        TypedItem attributes = new TypedItem(item);
        Optional<Integer> status =
                attributes.has(HTTP_STATUS) ? Optional.of((int) attributes.number(HTTP_STATUS)) : Optional.empty();
        Optional<String> code = attributes.optionalText(ERROR_CODE);
        GrantState state = GrantState.valueOf(attributes.text(GrantItem.STATE));
        return new TrackedGrant(
                GrantItem.grant(item),
                state,
                attributes.optionalText(REASON).map(Reason::valueOf),
                attributes.has(SIZE) ? Optional.of(seen(attributes)) : Optional.empty(),
                state == GrantState.FAILED || status.isPresent() || code.isPresent()
                        ? Optional.of(new Failure(status, code))
                        : Optional.empty(),
                attributes.optionalTime(SETTLED_AT),
                attributes.optionalTime(DUE_AT),
                attributes.optionalText(Transactions.STAMP));
    }

    private static There seen(TypedItem attributes) {
        return new There(
                attributes.number(SIZE),
                attributes.optionalText(SHA256).map(ContentSha256::new),
                attributes.flag(IN_PARTS),
                attributes.optionalText(E_TAG),
                attributes.optionalText(VERSION_ID),
                attributes.optionalText(EXPIRATION));
    }
}
