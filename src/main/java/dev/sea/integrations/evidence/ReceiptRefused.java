package dev.sea.integrations.evidence;

import dev.sea.integrations.problem.ProblemException;
import dev.sea.integrations.problem.ProblemType;
import dev.sea.integrations.report.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** There is no receipt for a recording: another object is there, or none, or nobody could look. */
final class ReceiptRefused extends ProblemException {
    private static final Duration LATER = Duration.ofSeconds(10);

    private final transient Map<String, Object> extensions;
    private final boolean later;

    private ReceiptRefused(ProblemType type, String detail, Map<String, Object> extensions, boolean later) {
        super(type, detail);
        this.extensions = Map.copyOf(extensions);
        this.later = later;
    }

    /** @param differences names of members of the grant, such as {@code size} */
    static ReceiptRefused mismatch(List<String> differences) {
        return new ReceiptRefused(
                ProblemType.RECEIPT_MISMATCH,
                "The object under this key is not the one that was granted. It differs in: "
                        + String.join(", ", differences) + ". The recording counts as missing.",
                Map.of("differences", differences),
                false);
    }

    static ReceiptRefused notThere() {
        return new ReceiptRefused(
                ProblemType.RECORDING_NOT_FOUND,
                "S3 has no object under this key. While the grant is valid, store it and report again.",
                Map.of(),
                false);
    }

    static ReceiptRefused missing() {
        return new ReceiptRefused(
                ProblemType.RECORDING_NOT_FOUND,
                "S3 had no object under this key a day after the end of the grant. The recording counts as missing.",
                Map.of(),
                false);
    }

    static ReceiptRefused conflict() {
        return new ReceiptRefused(
                ProblemType.RECORDING_CONFLICT,
                "Another object was under this key before, and nothing was overwritten. Store under another key by a new grant.",
                Map.of(),
                false);
    }

    /** Nobody could look. The grant stays as it is, and a sweep looks later. */
    static ReceiptRefused unconfirmed(Sighting.Unknown unknown) {
        FailureCode why = unknown.why();
        return unknown.passing()
                ? new ReceiptRefused(
                        ProblemType.RECORDING_UNCONFIRMED,
                        "S3 or STS did not answer as expected (" + why
                                + "). Report again; in any case SEA looks after the end of the grant.",
                        Map.of("code", why),
                        true)
                : new ReceiptRefused(
                        ProblemType.RECORDING_UNSEEN,
                        "The integration's access does not let SEA look for the object (" + why
                                + "). SEA looks again after the end of the grant, for a week.",
                        Map.of("code", why),
                        false);
    }

    @Override
    public Map<String, Object> extensions() {
        return extensions;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return later ? Optional.of(LATER) : Optional.empty();
    }
}
