package dev.sea.integrations.security;

import java.util.regex.Pattern;

/**
 * Whose integrations they are. Only ever taken whole from the caller's token: cleaned or cut, two tenants could meet in
 * one key.
 */
public record Tenant(String id) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public Tenant {
        if (!isTenant(id)) {
            throw new IllegalArgumentException("a tenant is 1 to 64 letters, digits, '.', '_' or '-'");
        }
    }

    public static boolean isTenant(String id) {
        return SHAPE.matcher(id).matches();
    }

    @Override
    public String toString() {
        return id;
    }
}
