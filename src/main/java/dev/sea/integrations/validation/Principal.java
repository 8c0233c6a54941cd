package dev.sea.integrations.validation;

import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.call.Answer;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.policy.Statement;
import dev.sea.integrations.probe.Session;

/**
 * Who makes the calls in the customer's account.
 *
 * @param words for messages, such as {@code role SEA_ext_access_recorder}
 * @param arn as a policy names it; empty while only an access key is known
 * @param usesKey whether it signs with a long-term access key
 */
record Principal(String words, String arn, boolean usesKey) {

    static Principal of(PresentedAccess access, Answer<Session> session) {
        String arn = session.given().map(Session::principal).orElse("");
        return switch (access) {
            case PresentedAccess.Role(RoleArn role, var _) -> new Principal("role " + role.name(), role.value(), false);
            case PresentedAccess.Keys keys
            when arn.isEmpty() ->
                new Principal("access key " + keys.accessKeyId().masked(), "", true);
            case PresentedAccess.Keys _ when arn.endsWith(":root") -> new Principal("root user", arn, true);
            case PresentedAccess.Keys _ -> new Principal("user " + arn.substring(arn.lastIndexOf('/') + 1), arn, true);
        };
    }

    /** The same statement as it stands in a policy of a bucket or key. */
    Statement granted(Statement allow) {
        return arn.isEmpty() ? allow : allow.withPrincipal(arn);
    }

    @Override
    public String toString() {
        return words;
    }
}
