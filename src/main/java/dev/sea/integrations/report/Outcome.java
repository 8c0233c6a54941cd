package dev.sea.integrations.report;

/** What came of a check. */
public sealed interface Outcome {

    record Passed(String message) implements Outcome {}

    /** It does not work; {@code code} is of nature DENIAL or FAULT. */
    record Failed(FailureCode code, String message, Remedy remedy) implements Outcome {
        public Failed {
            if (code.nature() == FailureCode.Nature.UNKNOWN) {
                throw new IllegalArgumentException(code + " says that nothing was learned: no failure");
            }
        }
    }

    /** Worth mending, but SEA works without. */
    record Warning(FailureCode code, String message, Remedy remedy) implements Outcome {}

    /** Not tried, or its answer proves nothing. */
    record Skipped(String reason) implements Outcome {}

    /** Nothing was learned: throttled, timed out, AWS unavailable, an answer that is none of AWS's. */
    record Unknown(FailureCode code, String message) implements Outcome {
        public Unknown {
            if (code.nature() != FailureCode.Nature.UNKNOWN) {
                throw new IllegalArgumentException(code + " says that something was learned");
            }
        }
    }
}
