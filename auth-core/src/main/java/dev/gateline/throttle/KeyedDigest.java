package dev.gateline.throttle;

import dev.gateline.internal.Secrets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 over a purpose and parts, each with its length, so that no two lists of parts are the same. Thread-safe.
 */
final class KeyedDigest {
    private static final int LEAST_KEY = 32;

    private final SecretKey key;

    /**
     * Digests by a key.
     *
     * @param what for the message
     * @throws IllegalArgumentException if the key is shorter than 32 bytes, has no bytes to show, or was never random
     */
    KeyedDigest(String what, SecretKey key) {
        byte[] bytes = key.getEncoded();
        if (bytes == null || bytes.length < LEAST_KEY) {
            throw new IllegalArgumentException("key of " + what + ": 32 random bytes or more");
        }
        if (Secrets.isPattern(bytes)) {
            throw new IllegalArgumentException(
                    "key of " + what + ": random, was one repeated byte or block, or counting bytes");
        }
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    byte[] of(String purpose, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            update(mac, purpose.getBytes(StandardCharsets.UTF_8));
            for (byte[] part : parts) {
                update(mac, part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static void update(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        mac.update(part);
    }
}
