package dev.sea.integrations.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One statement of a policy, written as IAM's JSON.
 *
 * @param principal who, in trust, bucket and key policies; empty in identity policies
 * @param resource ARNs; empty in trust policies
 * @param condition operator to condition key to values
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">IAM JSON policy
 *     elements</a>
 */
@JsonPropertyOrder({"Sid", "Effect", "Principal", "Action", "Resource", "Condition"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Statement(
        @JsonProperty("Sid") String sid,
        @JsonProperty("Effect") String effect,
        @JsonProperty("Principal") Map<String, String> principal,
        @JsonProperty("Action") List<String> action,
        @JsonProperty("Resource") List<String> resource,
        @JsonProperty("Condition") Map<String, Map<String, List<String>>> condition) {

    /** A statement without principal and condition. */
    public static Statement allow(String sid, List<String> action, List<String> resource) {
        return new Statement(sid, "Allow", Map.of(), action, resource, Map.of());
    }

    /** For pasting beside other statements: a policy must not have the same Sid twice. */
    public Statement withoutSid() {
        return new Statement("", effect, principal, action, resource, condition);
    }

    /** The same on these resources. */
    public Statement on(List<String> resources) {
        return new Statement(sid, effect, principal, action, resources, condition);
    }

    /** For trust, bucket and key policies. */
    public Statement withPrincipal(String arn) {
        return new Statement(sid, effect, Map.of("AWS", arn), action, resource, condition);
    }

    /** A Deny for everybody, for a bucket policy. */
    public static Statement deny(List<String> action, List<String> resource) {
        return new Statement("", "Deny", Map.of("AWS", "*"), action, resource, Map.of());
    }

    /** As it is, but not for this role or user. */
    public Statement sparing(String arn) {
        Map<String, Map<String, List<String>>> all = new TreeMap<>(condition);
        all.put("ArnNotEquals", Map.of("aws:PrincipalArn", List.of(arn)));
        return new Statement(sid, effect, principal, action, resource, Collections.unmodifiableMap(all));
    }

    /** With this one condition in place of any other. */
    public Statement when(String operator, String key, List<String> values) {
        return new Statement(sid, effect, principal, action, resource, Map.of(operator, Map.of(key, values)));
    }
}
