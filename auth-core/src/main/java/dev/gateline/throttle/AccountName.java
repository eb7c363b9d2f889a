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
     * A name without the ignored characters. A host that ignores some of them finds the same account for each name that
     * is padded with them. The time grows in proportion to the length.
     */
    static String unpadded(String name) {
        return IGNORED.matcher(name).replaceAll("");
    }

    /** Whether a name is short enough to be normalized. The time for that may grow with the square of the length. */
    static boolean isOfAnAccount(String unpadded) {
        return unpadded.length() <= LONGEST;
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
     * @param unpadded a name without ignored characters, of at most {@value #LONGEST} others
     */
    static byte[] folded(String unpadded) {
        return unpadded(Normalizer.normalize(unpadded, Normalizer.Form.NFKD))
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .getBytes(StandardCharsets.UTF_8);
    }
}
