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
 * Says where a page of a list starts. A cursor is base64url without padding (RFC 4648, section 5) of the position before
 * the page and a checksum of that position and the list. A cursor that was altered, cut or made for another list or tenant
 * is refused. It is not signed: a forged one reveals nothing, because it only selects a place in the caller's own list.
 */
public final class PageCursor {
    private static final int CHECKSUM_BYTES = 8;

    private PageCursor() {}

    /**
     * Makes a cursor.
     *
     * @param position of the last item before the page
     * @param list the name of the one list for which it is valid
     */
    public static String after(String position, String list) {
        byte[] bytes = position.getBytes(StandardCharsets.UTF_8);
        byte[] cursor = Arrays.copyOf(bytes, bytes.length + CHECKSUM_BYTES);
        System.arraycopy(checksum(position, list), 0, cursor, bytes.length, CHECKSUM_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(cursor);
    }

    /**
     * The position in a cursor.
     *
     * @param shape the pattern of the list's positions
     * @throws InvalidInput for every text that {@link #after} did not make for this list
     */
    public static String position(String cursor, String list, Pattern shape) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            String position = new String(bytes, 0, Math.max(0, bytes.length - CHECKSUM_BYTES), StandardCharsets.UTF_8);
            if (shape.matcher(position).matches() && after(position, list).equals(cursor)) {
                return position;
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below.
        }
        throw refused();
    }

    /** The refusal of a cursor. */
    public static InvalidInput refused() {
        return new InvalidInput(List.of(new FieldError(
                "cursor", "CURSOR", "This cursor is not from a page of this list. Leave it out for the first page.")));
    }

    private static byte[] checksum(String position, String list) {
        return Sha256.bytes(list + "\n" + position);
    }
}
