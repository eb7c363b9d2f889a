package dev.gateline.http;

import dev.gateline.Credential;
import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Authorization}, beside the grammar of RFC 9110 section 11.4 and RFC 6750 section 2.1. */
public final class BearerFuzz {
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([!-~]+)");
    private static final Pattern OTHER_SCHEME = Pattern.compile("(?is)(?!bearer(?![\\p{L}\\p{Nd}])).*");

    private BearerFuzz() {}

    /** One input: the header. */
    public static void fuzzerTestOneInput(byte[] input) {
        String line = new Input(input).header();
        Presented presented = BearerCarrier.create().read(new Headers("Authorization", List.of(line)));
        Matcher bearer = BEARER.matcher(line);
        if (bearer.matches() && bearer.group(1).length() <= Credential.MAX_LENGTH) {
            Check.that(!presented.isFlawed(), "a bearer token is read");
            Check.same(presented.access(), Optional.of(Credential.of(bearer.group(1))), "a bearer token");
            Check.same(presented.renewal(), presented.access(), "the credential for a renewal");
        } else if (OTHER_SCHEME.matcher(line).matches()) {
            Check.that(presented.isNothing(), "another scheme is left alone");
        } else {
            Check.that(presented.isFlawed() && presented.access().isEmpty(), "another form is rejected");
        }
    }
}
