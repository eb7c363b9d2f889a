package dev.gateline.spi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Base64url without padding (RFC 4648 section 5), read strictly: one text for the same bytes, and no other. */
public final class Base64Url {
    private static final byte[] SEXTETS = new byte[256];

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
        byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
        return latin1.length == text.length() ? decode(latin1, from, to) : Optional.empty();
    }

    /** Whether {@link #decode} would read it. */
    static boolean isEncoded(byte[] latin1, int from, int to) {
        int seen = 0;
        for (int i = from; i < to; i++) {
            seen |= SEXTETS[latin1[i] & 0xff];
        }
        int length = to - from;
        int surplus = length % 4 == 2 ? 0xf : length % 4 == 3 ? 3 : 0;
        return seen >= 0 && length % 4 != 1 && (length == 0 || (SEXTETS[latin1[to - 1] & 0xff] & surplus) == 0);
    }

    /** What a character stands for; negative if it is not of the alphabet. */
    static int sextet(char character) {
        return character < SEXTETS.length ? SEXTETS[character] : -1;
    }

    /**
     * The same of a text in ISO 8859-1, where what that has not is a question mark.
     *
     * @param latin1 holds the encoded part
     * @param from where that begins, inclusive
     * @param to where it ends, exclusive
     */
    public static Optional<byte[]> decode(byte[] latin1, int from, int to) {
        int length = to - from;
        if (length % 4 == 1) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length * 6 / 8];
        int next = 0;
        int seen = 0;
        int at = from;
        for (; at + 4 <= to; at += 4) {
            int a = SEXTETS[latin1[at] & 0xff];
            int b = SEXTETS[latin1[at + 1] & 0xff];
            int c = SEXTETS[latin1[at + 2] & 0xff];
            int d = SEXTETS[latin1[at + 3] & 0xff];
            seen |= a | b | c | d;
            int three = a << 18 | b << 12 | c << 6 | d;
            bytes[next] = (byte) (three >> 16);
            bytes[next + 1] = (byte) (three >> 8);
            bytes[next + 2] = (byte) three;
            next += 3;
        }
        int buffer = 0;
        int bits = 0;
        for (; at < to; at++) {
            int sextet = SEXTETS[latin1[at] & 0xff];
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
}
