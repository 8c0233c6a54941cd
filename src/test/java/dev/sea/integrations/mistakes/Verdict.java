package dev.sea.integrations.mistakes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares a report with what a case expects: the outcome of every check, the status, the words. */
final class Verdict {
    private static final List<String> OF_EVERYBODY = List.of("credentials", "bucket", "list", "put", "get", "tagging");
    private static final Set<String> OUTCOMES = Set.of("PASSED", "SKIPPED", "WARNING", "UNKNOWN");
    /** Failures that waiting cannot fix. */
    private static final Set<String> FAULTS = Set.of(
            "EXTERNAL_ID_NOT_ENFORCED",
            "KMS_KEY_UNUSABLE",
            "NO_SUCH_BUCKET",
            "WRONG_REGION",
            "WRONG_OWNER",
            "SIGNATURE_MISMATCH",
            "OWN_ACCOUNT");

    private final Mistake mistake;
    private final JsonNode report;
    private final Map<String, JsonNode> checks = new LinkedHashMap<>();

    Verdict(Mistake mistake, JsonNode report) {
        this.mistake = mistake;
        this.report = report;
        Mistake.elements(report.path("checks"))
                .forEach(check -> checks.put(check.path("id").asText(), check));
    }

    /**
     * What each check must be: PASSED or another outcome, or the code of its failure. A bar separates alternatives.
     */
    static Map<String, String> expected(Mistake mistake) {
        Map<String, String> told = mistake.expected();
        String rest = told.getOrDefault("rest", "PASSED");
        Map<String, String> all = new TreeMap<>();
        OF_EVERYBODY.forEach(check -> all.put(check, rest));
        all.put("external-id-enforced", mistake.usesKeys() ? "SKIPPED" : rest);
        all.put("kms", mistake.encrypts() ? rest : "SKIPPED");
        all.put("least-privilege", mistake.usesKeys() ? rest : "SKIPPED");
        told.forEach((check, outcome) -> {
            if (!check.equals("rest")) {
                all.put(check, outcome);
            }
        });
        List<String> get = List.of(all.getOrDefault("get", rest).split("\\|"));
        String alike = get.contains("PASSED") ? "PASSED|SKIPPED" : "SKIPPED";
        all.putIfAbsent("presigned", get.equals(List.of("PASSED")) ? "PASSED" : alike);
        return all;
    }

    /** The outcome of each check, to compare as a whole. A check that is not listed does not apply. */
    Map<String, String> seen(Map<String, String> expected) {
        Map<String, String> seen = new TreeMap<>();
        expected.forEach((check, right) -> {
            String outcome = outcome(check);
            seen.put(check, List.of(right.split("\\|")).contains(outcome) ? right : outcome);
        });
        checks.keySet().forEach(check -> seen.computeIfAbsent(check, this::outcome));
        return seen;
    }

    private String outcome(String id) {
        JsonNode check = checks.get(id);
        if (check == null) {
            return "SKIPPED";
        }
        String outcome = check.path("outcome").asText();
        return outcome.equals("FAILED") ? check.path("code").asText() : outcome;
    }

    String status() {
        return report.path("status").asText();
    }

    /** The status that follows from the checks, for an access that was never validated before. */
    static String expectedStatus(Map<String, String> expected) {
        List<String> codes =
                expected.values().stream().filter(Verdict::isFailure).toList();
        return codes.isEmpty() ? "HEALTHY" : codes.stream().anyMatch(FAULTS::contains) ? "UNHEALTHY" : "PROPAGATING";
    }

    private static boolean isFailure(String outcome) {
        return List.of(outcome.split("\\|")).stream().noneMatch(OUTCOMES::contains);
    }

    /** All words of failed checks and warnings, in lower case. */
    String words() {
        List<String> words = new ArrayList<>();
        for (JsonNode check : checks.values()) {
            if (Set.of("FAILED", "WARNING").contains(check.path("outcome").asText())) {
                words.add(check.path("code") + " " + check.path("message") + " " + check.path("remedy"));
            }
        }
        return String.join("\n", words).toLowerCase(Locale.ROOT);
    }

    /** Checks what is true for every report: a failed check has a reason and a remedy, a passed one has no remedy. */
    List<String> breaches() {
        List<String> breaches = new ArrayList<>();
        checks.forEach((id, check) -> {
            String outcome = check.path("outcome").asText();
            String code = check.path("code").asText("");
            JsonNode remedy = check.path("remedy");
            if (check.path("message").asText("").isBlank()
                    || check.path("action").asText("").isBlank()) {
                breaches.add(id + " has no message or no action");
            }
            if (outcome.equals("FAILED") && remedy.path("text").asText("").isBlank()) {
                breaches.add(id + " failed without a remedy");
            }
            if (Set.of("IDENTITY_POLICY_MISSING", "EXTERNAL_ID_NOT_ENFORCED", "TRUST_POLICY_DENIED")
                            .contains(code)
                    && remedy.path("statement").isMissingNode()) {
                breaches.add(id + " does not say which statement would mend it");
            }
            if (outcome.equals("PASSED") && (!code.isEmpty() || !remedy.isMissingNode())) {
                breaches.add(id + " passed, and yet has a code or a remedy");
            }
        });
        return breaches;
    }

    @Override
    public String toString() {
        return mistake + ": " + report.toPrettyString();
    }
}
