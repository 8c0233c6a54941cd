package dev.sea.integrations.validation;

import dev.sea.integrations.aws.RoleArn;
import dev.sea.integrations.integration.PresentedAccess;
import dev.sea.integrations.probe.Answer;
import dev.sea.integrations.probe.Session;

/**
 * Who makes the calls in the customer's account.
 *
 * @param words e.g. {@code role SEA_ext_access_recorder}
 * @param arn as a policy names it; empty while only an access key is known
 */
record Holder(String words, String arn) {

    static Holder of(PresentedAccess access, Answer<Session> session) {
        String principal = session.given().map(Session::principal).orElse("");
        return switch (access) {
            case PresentedAccess.Role(RoleArn role, var _) -> new Holder("role " + role.name(), role.value());
            case PresentedAccess.Keys keys
            when principal.isEmpty() ->
                new Holder("access key " + keys.accessKeyId().masked(), "");
            case PresentedAccess.Keys _ when principal.endsWith(":root") -> new Holder("root user", principal);
            case PresentedAccess.Keys _ ->
                new Holder("user " + principal.substring(principal.lastIndexOf('/') + 1), principal);
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
