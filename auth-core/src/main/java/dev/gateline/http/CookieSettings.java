package dev.gateline.http;

import dev.gateline.internal.Rules;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * The host's settings of its cookies. The prefix of the names and the attributes follow from the settings (RFC 6265bis
 * sections 4.1.2 and 4.1.3; draft-ietf-httpbis-layered-cookies for {@code __Host-Http-}).
 *
 * @param name the part of the name behind the prefix
 * @param path the path of the cookies, {@code /} or a deeper one
 * @param domain the domain with which the cookies are shared; empty for this host alone
 * @param sites the requests that carry the cookies
 * @param secure whether the cookies are Secure; false for local development
 */
record CookieSettings(String name, String path, String domain, Sites sites, boolean secure) {
    /** The names of hosts. The last label begins with a letter, because a browser accepts no address as a domain. */
    private static final Pattern HOST =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.){1,126}[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final String HOST_RULE =
            "cookie domain: a host name in small letters with a dot in it and none around it, was '";

    /** The end of a renewal cookie's name. */
    static final String RENEWAL = "-renewal";

    private static final String EMBEDDED = "-embedded";

    static final CookieSettings DEFAULT = new CookieSettings("id", "/", "", Sites.LAX, true);

    /** The requests that carry a cookie. */
    enum Sites {
        STRICT("Strict"),
        LAX("Lax"),
        ANY("None"),
        EMBEDDED("None; Partitioned");

        private final String attribute;

        Sites(String attribute) {
            this.attribute = attribute;
        }
    }

    CookieSettings {
        Rules.require(
                isMadeOf(name, 64, c -> Character.isLetterOrDigit(c) || c == '-' || c == '_'),
                "cookie name: 1 to 64 letters, digits, hyphens and underscores, was '" + name + "'");
        Rules.require(
                !name.endsWith(RENEWAL) && !name.endsWith(EMBEDDED),
                "cookie name: a name that ends in " + RENEWAL + " or " + EMBEDDED
                        + " is reserved for another cookie, was '" + name + "'");
        Rules.require(
                isPath(path), "cookie path: begins with a slash, 1 to 255 characters, no spaces, semicolons or commas");
        Rules.require(domain.isEmpty() || isHost(domain), HOST_RULE + domain + "'");
        Rules.require(secure || domain.isEmpty(), "a cookie for local development is not shared with subdomains");
        Rules.require(
                domain.isEmpty() || sites != Sites.EMBEDDED,
                "a cookie for pages embedded in other sites is not shared with subdomains");
        Rules.require(
                secure || sites == Sites.LAX || sites == Sites.STRICT,
                "a cookie that other sites' requests carry must be Secure; browsers drop it otherwise");
    }

    /**
     * Returns settings with another choice of requests. Each choice excludes the others, so the order of calls never
     * decides.
     */
    CookieSettings with(Sites other) {
        Rules.require(
                sites == Sites.LAX || sites == other,
                "a cookie is SameSite=Strict, sent from other sites or embedded in them: choose one, was " + sites
                        + " and " + other);
        return new CookieSettings(name, path, domain, other, secure);
    }

    CookieSettings sharedWith(String other) {
        Rules.require(!other.isEmpty(), HOST_RULE + "'");
        return new CookieSettings(name, path, other, sites, secure);
    }

    static boolean isHost(String text) {
        return text.length() <= 253 && HOST.matcher(text).matches();
    }

    static boolean isPath(String text) {
        return isMadeOf(text, 255, c -> c > 0x20 && c < 0x7f && c != ';' && c != ',') && text.startsWith("/");
    }

    private static boolean isMadeOf(String text, int longest, IntPredicate of) {
        return !text.isEmpty() && text.length() <= longest && text.chars().allMatch(c -> c < 0x80 && of.test(c));
    }

    /**
     * The name with the strictest prefix whose rules such a cookie meets. Partitioned cookies have a name of their own,
     * because a browser keeps earlier cookies beside them and sends both.
     */
    String fullName() {
        return prefix() + name + (sites == Sites.EMBEDDED ? EMBEDDED : "");
    }

    /**
     * The prefix of the name. Browsers that don't know the second half of {@code __Host-Http-} apply the rules of the
     * first half.
     */
    private String prefix() {
        if (!secure) {
            return "insecure-";
        }
        return isHeldToItsHost() ? "__Host-Http-" : "__Secure-";
    }

    /** Whether browsers let only this host set a cookie of that name. */
    boolean isHeldToItsHost() {
        return secure && domain.isEmpty() && path.equals("/");
    }

    String attributes() {
        return attributes(path, domain);
    }

    /** The attributes of a cookie of the same name that somebody else may have set. */
    String attributes(String otherPath, String otherDomain) {
        return "; Path=" + otherPath
                + (otherDomain.isEmpty() ? "" : "; Domain=" + otherDomain)
                + (secure ? "; Secure" : "")
                + "; HttpOnly; SameSite="
                + sites.attribute;
    }
}
