package dev.sea.integrations.security;

/** SEA's roles, by the names that tokens and annotations carry. */
public final class Role {
    /** May do everything. */
    public static final String SYSTEM_ADMIN = "SEA_SYSTEM_ADMIN";

    /** May read. */
    public static final String ACCESS_ADMIN = "SEA_ACCESS_ADMIN";

    private Role() {}
}
