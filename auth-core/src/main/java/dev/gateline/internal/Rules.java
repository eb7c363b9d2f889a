package dev.gateline.internal;

import java.time.Duration;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Refuses arguments that break a rule, with an {@link IllegalArgumentException} that names the rule. */
public final class Rules {
    private Rules() {}

    /**
     * Refuses an argument that breaks a rule.
     *
     * @param ok whether the rule holds
     * @param rule names the argument, the rule and the value, unless the value is a secret
     */
    public static void require(boolean ok, String rule) {
        if (!ok) {
            throw new IllegalArgumentException(rule);
        }
    }

    /**
     * Refuses a duration outside of its bounds.
     *
     * @param what the argument's name
     * @param was the argument
     * @param least inclusive
     * @param most inclusive
     */
    public static void within(String what, Duration was, Duration least, Duration most) {
        require(
                was.compareTo(least) >= 0 && was.compareTo(most) <= 0,
                what + ": " + least + " to " + most + ", was " + was);
    }

    /**
     * Copies a key for HMAC with SHA-256.
     *
     * @param what the key is of
     * @param key 32 bytes or more, random
     * @throws IllegalArgumentException if the key is shorter, does not show its bytes, or is evidently not random
     */
    public static SecretKey macKey(String what, SecretKey key) {
        byte[] bytes = key.getEncoded();
        require(bytes != null && bytes.length >= 32, "key of " + what + ": 32 random bytes or more");
        require(
                !Secrets.isPattern(bytes),
                "key of " + what + ": random, was one repeated byte or block, or counting bytes");
        return new SecretKeySpec(bytes, "HmacSHA256");
    }
}
