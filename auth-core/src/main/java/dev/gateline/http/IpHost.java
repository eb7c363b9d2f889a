package dev.gateline.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses as hosts, in the only form that browsers write (WHATWG URL, host serializer). */
final class IpHost {
    private static final int PIECES = 8;
    private static final String ZERO = "0";
    private static final Pattern PIECE = Pattern.compile("0|[1-9a-f][0-9a-f]{0,3}");
    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

    private IpHost() {}

    /** Whether browsers take a name for an IPv4 address, because its last label is a number. */
    static boolean isMeantAsIpv4(String host) {
        return NUMBER_AT_THE_END.matcher(host).matches();
    }

    static boolean isIpv4(String host) {
        return IPV4.matcher(host).matches();
    }

    /**
     * Whether a text is an IPv6 address as browsers write it: the first one of the longest runs of zeros is shortened.
     *
     * @param text the address without brackets
     */
    static boolean isIpv6(String text) {
        int gap = text.indexOf("::");
        List<String> pieces = pieces(gap < 0 ? text : text.substring(0, gap));
        List<String> behind = gap < 0 ? List.of() : pieces(text.substring(gap + 2));
        if (gap >= 0) {
            pieces.addAll(Collections.nCopies(Math.max(0, PIECES - pieces.size() - behind.size()), ZERO));
            pieces.addAll(behind);
        }
        return pieces.size() == PIECES
                && pieces.stream().allMatch(piece -> PIECE.matcher(piece).matches())
                && shortened(pieces).equals(text);
    }

    private static List<String> pieces(String text) {
        return text.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(text.split(":", -1)));
    }

    private static String shortened(List<String> pieces) {
        int from = 0;
        int longest = 1;
        for (int i = 0; i < PIECES; i++) {
            int run = 0;
            while (i + run < PIECES && pieces.get(i + run).equals(ZERO)) {
                run++;
            }
            if (run > longest) {
                from = i;
                longest = run;
            }
        }
        return longest == 1
                ? String.join(":", pieces)
                : String.join(":", pieces.subList(0, from)) + "::"
                        + String.join(":", pieces.subList(from + longest, PIECES));
    }
}
