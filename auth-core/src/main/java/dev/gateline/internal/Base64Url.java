package dev.gateline.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Base64url without padding (RFC 4648 section 5), read strictly: there is exactly one text for the same bytes. */
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
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
        return ENCODER.encodeToString(bytes);
    }

    /**
     * Writes bytes.
     *
     * @return the text of {@link #encode}, in ISO 8859-1
     */
    public static byte[] encodeLatin1(byte[] bytes) {
        return ENCODER.encode(bytes);
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

    /** Whether {@link #decode} would read a part. */
    public static boolean isEncoded(byte[] latin1, int from, int to) {
        int seen = 0;
        for (int i = from; i < to; i++) {
            seen |= SEXTETS[latin1[i] & 0xff];
        }
        return seen >= 0 && endsAsWritten(latin1, from, to);
    }

    /**
     * Whether a part has no padding, a possible length, and no set bit after the last byte. Java's decoder does not
     * check this.
     */
    private static boolean endsAsWritten(byte[] latin1, int from, int to) {
        int length = to - from;
        int surplus = length % 4 == 2 ? 0xf : length % 4 == 3 ? 3 : 0;
        int last = length == 0 ? 0 : SEXTETS[latin1[to - 1] & 0xff];
        return length % 4 != 1 && last >= 0 && (last & surplus) == 0;
    }

    /** The value of a character; negative if the alphabet does not contain it. */
    public static int sextet(char character) {
        return character < SEXTETS.length ? SEXTETS[character] : -1;
    }

    /**
     * Decodes a part of a text in ISO 8859-1. A question mark stands for a character that ISO 8859-1 does not have.
     *
     * @param latin1 holds the encoded part
     * @param from where that begins, inclusive
     * @param to where it ends, exclusive
     */
    public static Optional<byte[]> decode(byte[] latin1, int from, int to) {
        if (!endsAsWritten(latin1, from, to)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getUrlDecoder().decode(Arrays.copyOfRange(latin1, from, to)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
