package dev.gateline.throttle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns the name of an account into bytes: exactly, or folded, so that names which a host may regard as the same have
 * the same bytes.
 */
final class AccountName {

    /** The length of the longest address of a mailbox (RFC 5321 section 4.5.3.1): 64, "@" and 255. */
    static final int LONGEST = 320;

    /** The ignored characters: accents and other marks, control, format and unassigned characters, and blanks. */
    private static final Pattern IGNORED = Pattern.compile("[\\p{M}\\p{C}\\p{Z}]");

    private AccountName() {}

    /**
     * Whether a name is short enough to be normalized, because the time for that grows with the square of the number of
     * consecutive marks.
     */
    static boolean isOfAnAccount(String name) {
        return name.length() <= LONGEST;
    }

    /** The exact bytes of a name. No two names have the same bytes, and unpaired surrogates are kept. */
    static byte[] exact(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * name.length());
        bytes.asCharBuffer().put(name);
        return bytes.array();
    }

    /**
     * The letters, digits and signs of a name in their plainest form and without case.
     *
     * @param name a name of at most {@value #LONGEST} characters
     */
    static byte[] folded(String name) {
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFKD);
        return IGNORED.matcher(decomposed)
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .getBytes(StandardCharsets.UTF_8);
    }
}
