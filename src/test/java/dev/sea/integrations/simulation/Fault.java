package dev.sea.integrations.simulation;

import java.util.Set;

/**
 * Something that goes wrong at a call to AWS.
 *
 * @param operation the number of the client's or sweep's operation that makes the call
 * @param call which of its calls, from 0; an operation that is repeated goes on counting
 */
public record Fault(int operation, int call, Kind kind) {

    /** What goes wrong. */
    public enum Kind {
        /** AWS throttles the call. */
        THROTTLED,
        /** AWS answers with status 500, and has done nothing. */
        SERVER_ERROR,
        /** The connection breaks before AWS gets the call. */
        NOT_SENT,
        /** AWS does what was asked, but its answer is lost, in each attempt of the SDK. */
        ANSWER_LOST,
        /** AWS answers with status 500, but has done what was asked. */
        DONE_ALL_THE_SAME,
        /** The first answer is lost, and the SDK makes the call again. */
        REPEATED,
        /** The caller gives up, and AWS does what was asked some calls later. */
        LATE,
        /** A write meets a transaction of DynamoDB, or a transaction a write; EventBridge takes none of the events; S3 or STS denies. */
        REFUSED,
        /** The process dies before the call. */
        CRASH_BEFORE,
        /** The process dies after the call. */
        CRASH_AFTER,
        /** Three minutes pass during the call: a lease ends, a request runs out of time. */
        STALL;

        private static final Set<Kind> DEADLY = Set.of(CRASH_BEFORE, CRASH_AFTER);

        public boolean isDeadly() {
            return DEADLY.contains(this);
        }
    }
}
