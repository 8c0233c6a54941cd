package dev.sea.integrations.security;

import java.util.regex.Pattern;

/**
 * The owner of integrations. It is always the exact text of the caller's token: if it were cleaned up or cut, two tenants
 * could get the same key in the table.
 *
 * @param id 1 to 64 ASCII letters, digits, {@code .}, {@code _} or {@code -}
 */
public record Tenant(String id) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public Tenant {
        if (!isTenant(id)) {
            throw new IllegalArgumentException("a tenant is 1 to 64 letters, digits, '.', '_' or '-'");
        }
    }

    /** Whether the text follows the rule for {@link #id}. */
    public static boolean isTenant(String id) {
        return SHAPE.matcher(id).matches();
    }

    @Override
    public String toString() {
        return id;
    }
}
