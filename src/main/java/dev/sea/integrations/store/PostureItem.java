package dev.sea.integrations.store;

import dev.sea.integrations.posture.AdviceCode;
import dev.sea.integrations.posture.Posture;
import dev.sea.integrations.posture.Posture.Standing;
import dev.sea.integrations.table.TypedItem;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Posture as an attribute of the record's item, both ways. Pure. */
final class PostureItem {
    static final String ADVICE = "advice";
    private static final String PUBLIC_ASKED_AT = "publicAskedAt";
    private static final String SINCE = "since";
    private static final String MISSED_AT = "missedAt";
    private static final String DETAIL = "detail";

    private PostureItem() {}

    static Map<String, AttributeValue> of(Posture posture) {
        Map<String, AttributeValue> advice = new HashMap<>();
        posture.standing().forEach((code, standing) -> {
            Map<String, AttributeValue> one = new HashMap<>();
            new TypedItem(one)
                    .time(SINCE, standing.since())
                    .time(MISSED_AT, standing.missedAt())
                    .text(DETAIL, standing.detail());
            advice.put(code.name(), AttributeValue.fromM(one));
        });
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(ADVICE, AttributeValue.fromM(advice));
        new TypedItem(item).time(PUBLIC_ASKED_AT, posture.publicAskedAt());
        return item;
    }

    /** Leaves out advice of a kind that only a newer version of the service knows. */
    static Posture posture(TypedItem attributes) {
        TypedItem advice = attributes.map(ADVICE);
        Map<AdviceCode, Standing> standing = new EnumMap<>(AdviceCode.class);
        for (AdviceCode code : AdviceCode.values()) {
            if (advice.has(code.name())) {
                TypedItem one = advice.map(code.name());
                standing.put(code, new Standing(one.time(SINCE), one.optionalTime(MISSED_AT), one.text(DETAIL)));
            }
        }
        return new Posture(standing, attributes.optionalTime(PUBLIC_ASKED_AT));
    }
}
