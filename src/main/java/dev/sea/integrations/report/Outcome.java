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

    /** Worth fixing, but SEA works without it. */
    record Warning(FailureCode code, String message, Remedy remedy) implements Outcome {}

    /** Not tried, or the answer proves nothing. */
    record Skipped(String reason) implements Outcome {}

    /** Nothing was learned: the call was throttled or timed out, AWS was unavailable, or the answer was not AWS's. */
    record Unknown(FailureCode code, String message) implements Outcome {
        public Unknown {
            if (code.nature() != FailureCode.Nature.UNKNOWN) {
                throw new IllegalArgumentException(code + " says that something was learned");
            }
        }
    }
}
