package dev.gateline.http;

import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import java.net.URI;

/** The page after a login: it stays on the site, for a browser that reads backslashes as slashes too. */
public final class ReturnPathFuzz {
    private static final URI SITE = URI.create("https://park.example/login");

    private ReturnPathFuzz() {}

    /** One input: the wish. */
    public static void fuzzerTestOneInput(byte[] input) {
        String wish = new Input(input).header();
        String target = ReturnPath.orElse(wish, "/home");
        Check.that(target.equals(wish) || target.equals("/home"), "the wish or the other");
        for (String read : new String[] {target, target.replace('\\', '/')}) {
            URI resolved = SITE.resolve(read);
            Check.same(resolved.getScheme(), "https", "scheme of " + target);
            Check.same(resolved.getRawAuthority(), "park.example", "host of " + target);
        }
        Check.that(target.chars().allMatch(c -> c > ' ' && c < 0x7f), "a header can carry it");
    }
}
