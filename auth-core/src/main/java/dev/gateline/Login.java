package dev.gateline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The host's statement that it has verified a user, from which a login starts. Immutable.
 *
 * <pre>{@code
 * Login login = Login.builder("ada")
 *         .methods("pwd", "otp")
 *         .claim("roles", List.of("keeper"))
 *         .client("Firefox on Linux")
 *         .build();
 * }</pre>
 */
public final class Login {

    /**
     * The largest claims of a login, in bytes of their JSON. With its other parts, a token of 8 KiB has room for them.
     */
    public static final int MAX_CLAIMS_SIZE = 3072;

    private final String subject;
    private final Claims claims;
    private final List<String> methods;
    private final @Nullable Instant authenticatedAt;
    private final boolean remembered;
    private final String client;
    private final @Nullable Credential replaces;

    Login(LoginBuilder builder) {
        subject = text("subject", builder.subject(), 1);
        claims = Claims.of(builder.claims());
        methods = List.copyOf(builder.methods());
        authenticatedAt = builder.authenticatedAt();
        remembered = builder.remembered();
        client = text("client", builder.client(), 0);
        replaces = builder.replaces();
        check(
                claims.size() <= MAX_CLAIMS_SIZE,
                "claims: at most " + MAX_CLAIMS_SIZE + " bytes of JSON, were " + claims.size());
        check(
                authenticatedAt == null || authenticatedAt.getEpochSecond() > 0,
                "authenticated at: later than 1970-01-01T00:00:00Z; was " + authenticatedAt);
        check(methods.size() <= 16, "methods: at most 16, were " + methods.size());
        check(methods.stream().allMatch(Login::isMethod), "methods: each 1 to 32 visible ASCII characters");
        claims.asMap().keySet().forEach(Login::checkNotReserved);
    }

    /**
     * A login of a subject, without further statements.
     *
     * @param subject as for {@link #builder}
     */
    public static Login of(String subject) {
        return builder(subject).build();
    }

    /**
     * Starts a login's description.
     *
     * @param subject the user: 1 to 255 characters, not blank, no control characters; never given to another user later
     */
    public static LoginBuilder builder(String subject) {
        return new LoginBuilder(subject);
    }

    /** The user. */
    public String subject() {
        return subject;
    }

    /** The host's claims about the user. */
    public Claims claims() {
        return claims;
    }

    /** How the user proved who they are, RFC 8176 values. */
    public List<String> methods() {
        return methods;
    }

    /** The time at which the user proved who they are; empty if that is the start of the login. */
    public Optional<Instant> authenticatedAt() {
        return Optional.ofNullable(authenticatedAt);
    }

    /** Whether the client should keep the credentials after it is closed. */
    public boolean remembered() {
        return remembered;
    }

    /** A label of the client for a list of devices; empty if none. */
    public String client() {
        return client;
    }

    /** The credential of the login that this login replaces. */
    public Optional<Credential> replaces() {
        return Optional.ofNullable(replaces);
    }

    /**
     * Returns this login with a credential whose login it replaces.
     *
     * @param credential of any validity
     */
    public Login replacing(Credential credential) {
        return toBuilder().replaces(credential).build();
    }

    private LoginBuilder toBuilder() {
        LoginBuilder builder = new LoginBuilder(subject)
                .claims(claims)
                .methods(methods.toArray(String[]::new))
                .remembered(remembered)
                .client(client);
        authenticatedAt().ifPresent(builder::authenticatedAt);
        replaces().ifPresent(builder::replaces);
        return builder;
    }

    private static String text(String what, String text, int atLeast) {
        boolean fits = text.length() >= atLeast && text.length() <= 255 && (atLeast == 0 || !text.isBlank());
        check(fits, what + ": " + atLeast + " to 255 characters, not all blank; had " + text.length());
        boolean clean = text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        check(clean, what + ": has control characters or an unpaired surrogate");
        return text;
    }

    private static boolean isMethod(String method) {
        return !method.isEmpty() && method.length() <= 32 && method.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static void check(boolean ok, String rule) {
        if (!ok) {
            throw new IllegalArgumentException(rule);
        }
    }

    private static void checkNotReserved(String claim) {
        check(!Claims.RESERVED.contains(claim), "claim '" + claim + "' is set by Gateline itself");
    }

    /** Shows the subject and the names of the claims. Nothing here is a secret, but values may be personal data. */
    @Override
    public String toString() {
        return "Login[" + subject + ", " + claims + ", " + methods + "]";
    }
}
