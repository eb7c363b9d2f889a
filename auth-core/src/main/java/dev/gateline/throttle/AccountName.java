package dev.gateline.throttle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Turns the name of an account into bytes: exactly, or folded so that names that a host may take for one are the same.
 */
final class AccountName {

    /** As long as the longest address of a mailbox with all its parts (RFC 5321 section 4.5.3.1): 64, "@" and 255. */
    static final int LONGEST = 320;

    /** Accents and other marks; control, format and unassigned characters; blanks. */
    private static final Pattern IGNORED = Pattern.compile("[\\p{M}\\p{C}\\p{Z}]");

    private AccountName() {}

    /** Whether the name may be normalized: the time for that grows with the square of the marks in a row. */
    static boolean isOfAnAccount(String name) {
        return name.length() <= LONGEST;
    }

    /** No two names have the same bytes, and unpaired surrogates are kept. */
    static byte[] exact(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(Character.BYTES * name.length());
        bytes.asCharBuffer().put(name);
        return bytes.array();
    }

    /**
     * The letters, digits and signs of a name in their plainest form and without case.
     *
     * @param name {@value #LONGEST} characters at most
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
