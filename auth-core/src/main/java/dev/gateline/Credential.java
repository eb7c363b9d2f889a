package dev.gateline;

import java.util.Objects;

/**
 * The secret text that a client presents, or that a login hands out. It accepts any text from outside, but keeps none
 * longer than {@link #MAX_LENGTH}. {@link #toString()} does not show the secret. Immutable.
 */
public final class Credential {

    /** The longest credential that is read, in characters. */
    public static final int MAX_LENGTH = 8192;

    private final String text;
    private final boolean tooLong;

    private Credential(String text, boolean tooLong) {
        this.text = text;
        this.tooLong = tooLong;
    }

    /**
     * Wraps a text.
     *
     * @param text as received, of any length and content
     */
    public static Credential of(String text) {
        boolean tooLong = text.length() > MAX_LENGTH;
        return new Credential(tooLong ? "" : text, tooLong);
    }

    /**
     * Returns the secret itself, which may only be sent to the client to which it belongs.
     *
     * @return the text, at most {@link #MAX_LENGTH} characters; empty if it was longer
     */
    public String reveal() {
        return text;
    }

    /**
     * Whether the text was longer than {@link #MAX_LENGTH} and therefore not kept.
     *
     * @return true if {@link #reveal()} is not the received text
     */
    public boolean tooLong() {
        return tooLong;
    }

    /** Compares in time that depends on the lengths only. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Credential that && tooLong == that.tooLong && sameText(text, that.text);
    }

    /** Character by character: an encoding would make all halves of surrogate pairs the same. */
    private static boolean sameText(String one, String other) {
        int different = one.length() ^ other.length();
        for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
            different |= one.charAt(i) ^ other.charAt(i);
        }
        return different == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, tooLong);
    }

    @Override
    public String toString() {
        return "Credential[redacted]";
    }
}
