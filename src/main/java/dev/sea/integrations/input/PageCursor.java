package dev.sea.integrations.input;

import dev.sea.integrations.Sha256;
import dev.sea.integrations.problem.FieldError;
import dev.sea.integrations.problem.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a page starts, as base64url without padding: the position that it follows and a checksum over the list that it is
 * of, a tenant's among them. A cursor that was altered, cut or taken from another list is refused. No signature: whoever
 * forges one learns nothing, since it only ever says where in the caller's own list to start.
 */
public final class PageCursor {
    private static final int CHECKSUM_BYTES = 8;

    private PageCursor() {}

    /**
     * Makes one.
     *
     * @param position in ASCII
     * @param list names the one list that it is good for
     */
    public static String after(String position, String list) {
        byte[] bytes = position.getBytes(StandardCharsets.US_ASCII);
        byte[] cursor = Arrays.copyOf(bytes, bytes.length + CHECKSUM_BYTES);
        System.arraycopy(checksum(position, list), 0, cursor, bytes.length, CHECKSUM_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /**
     * Its position.
     *
     * @param shape of the list's positions
     * @throws InvalidInput for anything that {@link #after} did not make for this list, to the letter
     */
    public static String position(String cursor, String list, Pattern shape) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            String position =
                    new String(bytes, 0, Math.max(0, bytes.length - CHECKSUM_BYTES), StandardCharsets.US_ASCII);
            if (shape.matcher(position).matches() && after(position, list).equals(cursor)) {
                return position;
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below.
        }
        throw new InvalidInput(List.of(new FieldError(
                "cursor", "CURSOR", "This is no cursor that an earlier page gave; leave it out to start.")));
    }

    private static byte[] checksum(String position, String list) {
        return Sha256.bytes(list + "\n" + position);
    }
}
