package dev.sea.integrations.integration;

import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import dev.sea.integrations.security.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Where a page starts, as base64url without padding: the ID that it follows and a checksum over tenant and ID. A cursor
 * that was altered, cut or taken from another tenant is refused. No signature: whoever forges one learns nothing, since
 * it only ever says where in the caller's own tenant to start.
 */
final class PageCursor {
    private static final int CHECKSUM_BYTES = 8;

    private PageCursor() {}

    static String after(IntegrationId id, Tenant tenant) {
        byte[] position = id.value().getBytes(StandardCharsets.US_ASCII);
        byte[] cursor = Arrays.copyOf(position, position.length + CHECKSUM_BYTES);
        System.arraycopy(checksum(id, tenant), 0, cursor, position.length, CHECKSUM_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /** @throws InvalidInput for anything that {@link #after} did not make for this tenant, to the letter */
    static IntegrationId read(String cursor, Tenant tenant) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            String id = new String(bytes, 0, Math.max(0, bytes.length - CHECKSUM_BYTES), StandardCharsets.US_ASCII);
            if (IntegrationId.isId(id) && after(new IntegrationId(id), tenant).equals(cursor)) {
                return new IntegrationId(id);
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below.
        }
        throw new InvalidInput(List.of(new FieldError(
                "cursor", "CURSOR", "This is no cursor that an earlier page gave; leave it out to start.")));
    }

    private static byte[] checksum(IntegrationId id, Tenant tenant) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((tenant.id() + "#" + id.value()).getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
