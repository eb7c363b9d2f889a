package dev.gateline.spi;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Base64url without padding (RFC 4648 section 5), read strictly: one text for the same bytes, and no other. */
public final class Base64Url {
    private static final byte[] SEXTETS = new byte[128];

    static {
        Arrays.fill(SEXTETS, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < alphabet.length(); i++) {
            SEXTETS[alphabet.charAt(i)] = (byte) i;
        }
    }

    private Base64Url() {}

    /**
     * Writes bytes.
     *
     * @return 4 characters for 3 bytes, no padding
     */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Reads bytes.
     *
     * @param text holds the encoded part
     * @param from where that begins, inclusive
     * @param to where it ends, exclusive
     * @return empty if there is a character outside the alphabet, padding, an impossible length or a set bit after the
     *     last byte
     */
    public static Optional<byte[]> decode(String text, int from, int to) {
        int length = to - from;
        if (length % 4 == 1) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length * 6 / 8];
        int next = 0;
        int seen = 0;
        int at = from;
        for (; at + 4 <= to; at += 4) {
            int a = sextet(text.charAt(at));
            int b = sextet(text.charAt(at + 1));
            int c = sextet(text.charAt(at + 2));
            int d = sextet(text.charAt(at + 3));
            seen |= a | b | c | d;
            int three = a << 18 | b << 12 | c << 6 | d;
            bytes[next++] = (byte) (three >> 16);
            bytes[next++] = (byte) (three >> 8);
            bytes[next++] = (byte) three;
        }
        int buffer = 0;
        int bits = 0;
        for (; at < to; at++) {
            int sextet = sextet(text.charAt(at));
            seen |= sextet;
            buffer = buffer << 6 | sextet;
            bits += 6;
            if (bits >= 8) {
                bits -= 8;
                bytes[next++] = (byte) (buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }
        return seen >= 0 && buffer == 0 ? Optional.of(bytes) : Optional.empty();
    }

    /** Negative for what is not in the alphabet. */
    private static int sextet(char c) {
        return c < 128 ? SEXTETS[c] : -1;
    }
}
