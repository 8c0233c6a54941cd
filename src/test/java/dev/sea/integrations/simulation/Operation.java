package dev.sea.integrations.simulation;

/**
 * One thing that a client, a sweep or the world does.
 *
 * @param number its own, which stays when others are left out; also the subject of its token
 * @param name of the integration that it is about, of which there are few
 * @param choice decides the rest: which bucket, which access, which grant
 */
record Operation(int number, Kind kind, String tenant, String name, int choice) {

    /** What is done. */
    enum Kind {
        CREATE(6),
        CREATE_UNPROVED(5),
        RENAME(2),
        DESCRIBE(2),
        RETARGET(3),
        NEW_ACCESS(4),
        ACTIVATE(6),
        DEACTIVATE(3),
        DELETE(5),
        VALIDATE(3),
        DRAFT(1),
        RESERVE(4),
        SET_DESTINATION(3),
        REMOVE_DESTINATION(1),
        READINESS(2),
        RECORD(5),
        PLAY(2),
        STORE(3),
        TELL_STORED(3),
        TELL_FAILED(3),
        /** Asks for what another tenant has. */
        TRESPASS(1),
        SWEEP(8),
        /** The customer takes a permission away. */
        BREAK(2),
        /** The customer gives it back. */
        MEND(2),
        PASS_MINUTES(3),
        PASS_AN_HOUR(3),
        PASS_A_DAY(1),
        /** DynamoDB removes what has expired. */
        EXPIRE(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        int weight() {
            return weight;
        }

        /** Whether the service does it; otherwise it happens at once, outside of the service. */
        boolean isRequest() {
            return switch (this) {
                case STORE, BREAK, MEND, PASS_MINUTES, PASS_AN_HOUR, PASS_A_DAY, EXPIRE -> false;
                default -> true;
            };
        }
    }

    /** As the fault list and the trace name it. */
    @Override
    public String toString() {
        return "#%d %s %s %s (%d)".formatted(number, tenant, kind, name, choice);
    }
}
