package dev.sea.integrations.api;

import dev.sea.integrations.Sha256;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Tells whether a request is the same as an earlier one. A request may hold a secret access key, and the rest of it can be read
 * in its record. So whoever reads the table could try keys until the digest fits. Nobody finds a key that AWS made that way: it
 * has 240 random bits. For one that a person made up, the digest has a salt and is slow.
 *
 * @param salt random, another one for every item
 */
record RequestDigest(String salt, String value) {
    /** About 15 ms. */
    private static final int ROUNDS = 20_000;

    private static final int SALT_BYTES = 16;
    private static final int BITS = 256;

    /** What is digested: the body to the byte, and what else decides about the answer. */
    static byte[] input(boolean validate, byte[] body) {
        return ByteBuffer.allocate(1 + body.length)
                .put((byte) (validate ? 1 : 0))
                .put(body)
                .array();
    }

    static RequestDigest of(byte[] input, RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return of(input, HexFormat.of().formatHex(salt));
    }

    boolean matches(byte[] input) {
        return MessageDigest.isEqual(
                HexFormat.of().parseHex(of(input, salt).value), HexFormat.of().parseHex(value));
    }

    private static RequestDigest of(byte[] input, String salt) {
        try {
            String fast = HexFormat.of().formatHex(Sha256.bytes(input));
            PBEKeySpec spec = new PBEKeySpec(fast.toCharArray(), HexFormat.of().parseHex(salt), ROUNDS, BITS);
            byte[] slow = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            return new RequestDigest(salt, HexFormat.of().formatHex(slow));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
