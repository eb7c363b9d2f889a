package dev.gateline.throttle;

import dev.gateline.internal.Rules;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Computes HMAC-SHA256 over a purpose and parts, each with its length, so that no two lists of parts have the same
 * input. Thread-safe.
 */
final class KeyedDigest {
    private final SecretKey key;

    /**
     * Creates digests by a key.
     *
     * @param what the name of the key in the message
     * @throws IllegalArgumentException if the key is shorter than 32 bytes, has no bytes to show, or was never random
     */
    KeyedDigest(String what, SecretKey key) {
        this.key = Rules.macKey(what, key);
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
