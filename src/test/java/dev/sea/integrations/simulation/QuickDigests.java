package dev.sea.integrations.simulation;

import dev.sea.integrations.Sha256;
import java.io.Serial;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the slow digest of idempotent requests a quick one while a simulation runs: 20,000 rounds keep secrets, and the
 * simulation has none. The JDK asks the first provider that knows the algorithm.
 */
final class QuickDigests extends Provider implements AutoCloseable {
    @Serial
    private static final long serialVersionUID = 1;

    private static final String NAME = "QuickDigests";

    private QuickDigests() {
        super(NAME, "1", "PBKDF2 in one round");
        put("SecretKeyFactory.PBKDF2WithHmacSHA256", OneRound.class.getName());
    }

    /** Until it is closed. */
    static QuickDigests install() {
        QuickDigests quick = new QuickDigests();
        Security.insertProviderAt(quick, 1);
        return quick;
    }

    @Override
    public void close() {
        Security.removeProvider(NAME);
    }

    /** One round of SHA-256 over password and salt. */
    public static final class OneRound extends SecretKeyFactorySpi {
        @Override
        protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
            if (!(spec instanceof PBEKeySpec password)) {
                throw new InvalidKeySpecException("not a password");
            }
            String salted = new String(password.getPassword()) + HexFormat.of().formatHex(password.getSalt());
            return new SecretKeySpec(Sha256.bytes(salted), "PBKDF2");
        }

        @Override
        protected KeySpec engineGetKeySpec(SecretKey key, Class<?> spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
            throw new InvalidKeyException("no key is translated");
        }
    }
}
