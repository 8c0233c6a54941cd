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
        CREATE(6, 1),
        CREATE_UNPROVED(5, 1),
        RENAME(2, 1),
        DESCRIBE(2, 0),
        RETARGET(3, 2),
        NEW_ACCESS(4, 5),
        ACTIVATE(6, 6),
        DEACTIVATE(3, 6),
        DELETE(5, 1),
        VALIDATE(3, 1),
        DRAFT(1, 0),
        RESERVE(4, 0),
        SET_DESTINATION(3, 7),
        REMOVE_DESTINATION(1, 1),
        READINESS(2, 1),
        RECORD(5, 6),
        PLAY(2, 4),
        STORE(3, 3),
        TELL_STORED(3, 4),
        TELL_FAILED(3, 4),
        /** Asks for what another tenant has. */
        TRESPASS(1, 0),
        SWEEP(8, 10),
        /** The customer takes a permission away. */
        BREAK(2, 1),
        /** The customer gives it back. */
        MEND(2, 1),
        PASS_MINUTES(3, 2),
        PASS_AN_HOUR(3, 3),
        PASS_A_DAY(1, 1),
        /** DynamoDB removes what has expired. */
        EXPIRE(1, 0);

        private final int weight;
        private final int weightInUse;

        Kind(int weight, int weightInUse) {
            this.weight = weight;
            this.weightInUse = weightInUse;
        }

        /**
         * How often it is done.
         *
         * @param inUse where integrations are used, rather than made and changed
         */
        int weight(boolean inUse) {
            return inUse ? weightInUse : weight;
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
