package dev.sea.integrations.security;

/** SEA's roles, by the names that tokens and annotations carry. */
public final class Role {
    /** May do everything. */
    public static final String SYSTEM_ADMIN = "SEA_SYSTEM_ADMIN";

    /** May read. */
    public static final String ACCESS_ADMIN = "SEA_ACCESS_ADMIN";

    /** The scheduler, which may sweep; no token's role, since requests with a token never get to what is internal. */
    public static final String SCHEDULER = "internal:scheduler";

    private Role() {}
}
