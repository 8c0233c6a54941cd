package dev.sea.integrations.simulation.aws;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** The SDK gives PutItem and a Put of a transaction different types, and so GetObject and HeadObject. Their fields are the same. */
public final class SdkFields {
    private SdkFields() {}

    /**
     * Copies what is set to the fields of the same names.
     *
     * @param from what was built
     * @param to a builder
     */
    public static <B extends SdkPojo> B copied(SdkPojo from, B to) {
        Map<String, SdkField<?>> targets =
                to.sdkFields().stream().collect(Collectors.toMap(SdkField::memberName, Function.identity()));
        for (SdkField<?> field : from.sdkFields()) {
            SdkField<?> target = targets.get(field.memberName());
            Object value = field.getValueOrDefault(from);
            if (target != null && value != null) {
                target.set(to, value);
            }
        }
        return to;
    }
}
