package dev.sea.integrations.security;

import java.util.Set;

/** SEA's roles, by their names in tokens and annotations. */
public final class Role {
    /** May do everything. */
    public static final String SYSTEM_ADMIN = "SEA_SYSTEM_ADMIN";

    /** May read. */
    public static final String ACCESS_ADMIN = "SEA_ACCESS_ADMIN";

    /**
     * A workflow of SEA's, such as a recorder or a player: may ask for grants, for recordings and where they go, and nothing
     * else.
     */
    public static final String WORKFLOW = "SEA_WORKFLOW";

    /** The scheduler, which may start sweeps. No token gives this role, whatever it claims. */
    public static final String SCHEDULER = "internal:scheduler";

    /** The roles that a token may give. */
    static final Set<String> OF_TOKENS = Set.of(SYSTEM_ADMIN, ACCESS_ADMIN, WORKFLOW);

    private Role() {}
}
