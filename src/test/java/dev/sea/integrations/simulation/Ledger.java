package dev.sea.integrations.simulation;

import dev.sea.integrations.grant.SimulatedGrants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What clients asked for and what they were answered, in order. Clients know no more than this of what became of it. */
final class Ledger {
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Granted> grants = new ArrayList<>();
    private final List<String> reserved = new ArrayList<>();

    /** How a request ended for its client. */
    enum Verdict {
        RUNNING,
        /** With success. */
        DONE,
        /** With a clear refusal, after which nothing is changed. */
        REFUSED,
        /** With a 5xx, or without an answer: nobody knows. */
        UNKNOWN
    }

    /** One request, or one try of it. Steps are those of the run. */
    static final class Attempt {
        final Operation operation;
        final int started;
        final int process;
        /** The integration that it is about, as far as its client knew. */
        final Optional<String> integration;

        Verdict verdict = Verdict.RUNNING;
        int ended = Integer.MAX_VALUE;
        /** What was answered, or the problem's type. */
        Object answer = "";

        Attempt(Operation operation, int started, int process, Optional<String> integration) {
            this.operation = operation;
            this.started = started;
            this.process = process;
            this.integration = integration;
        }

        boolean is(Operation.Kind kind) {
            return operation.kind() == kind;
        }

        String subject() {
            return "op" + operation.number();
        }

        void end(int step, Verdict how, Object what) {
            verdict = how;
            ended = step;
            answer = what;
        }

        @Override
        public String toString() {
            return operation + " " + verdict + " " + answer;
        }
    }

    /** A grant that was given to record. */
    record Granted(String tenant, SimulatedGrants.Given given, long size, String content) {}

    void add(Attempt attempt) {
        attempts.add(attempt);
    }

    void add(Granted grant) {
        grants.add(grant);
    }

    void addReserved(String tenant, String externalId) {
        reserved.add(tenant + " " + externalId);
    }

    List<Attempt> attempts() {
        return attempts;
    }

    /** One of the tenant's grants; empty where it has none. */
    Optional<Granted> grant(String tenant, int choice) {
        List<Granted> own =
                grants.stream().filter(grant -> grant.tenant().equals(tenant)).toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(own.get(choice % own.size()));
    }

    /** An external ID that was reserved for the tenant; empty where there is none. */
    Optional<String> reserved(String tenant) {
        return reserved.stream()
                .filter(line -> line.startsWith(tenant + " "))
                .map(line -> line.substring(tenant.length() + 1))
                .reduce((_, last) -> last);
    }
}
