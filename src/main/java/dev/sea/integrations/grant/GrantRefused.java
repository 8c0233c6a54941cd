package dev.sea.integrations.grant;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import dev.sea.integrations.report.CheckId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The integration, as it is, cannot be used so: 409. Somebody has to change something first. */
public final class GrantRefused extends ProblemException {
    private final List<String> checks;

    private GrantRefused(ProblemType type, String detail, List<String> checks) {
        super(type, detail);
        this.checks = checks;
    }

    /** For one that is not active. */
    public static GrantRefused notActive() {
        return new GrantRefused(
                ProblemType.NOT_ACTIVE,
                "The integration is not active, so SEA does not use it. An administrator can activate it.",
                List.of());
    }

    /**
     * For a use that the access does not allow.
     *
     * @param failed checks of the last validation, or of what AWS has just answered
     */
    public static GrantRefused purpose(SessionUse use, List<CheckId> failed) {
        List<String> checks = failed.stream().map(CheckId::id).toList();
        return new GrantRefused(
                ProblemType.PURPOSE_UNAVAILABLE,
                "The integration cannot be used to " + use + ": "
                        + checks.stream().collect(Collectors.joining(" and ", "", " failed."))
                        + " A validation of the integration says what to fix.",
                checks);
    }

    static GrantRefused credentialsOfStoredKeys() {
        return new GrantRefused(
                ProblemType.GRANT_FORM_UNAVAILABLE,
                "The integration has a stored access key, which is never given away. Ask for the form URL.",
                List.of());
    }

    static GrantRefused credentialsForKey() {
        return new GrantRefused(
                ProblemType.GRANT_FORM_UNAVAILABLE,
                "No session policy can name exactly this key: it is too long, or holds characters beyond U+00FF. Ask for the"
                        + " form URL.",
                List.of());
    }

    @Override
    public Map<String, Object> extensions() {
        return checks.isEmpty() ? Map.of() : Map.of("checks", checks);
    }
}
