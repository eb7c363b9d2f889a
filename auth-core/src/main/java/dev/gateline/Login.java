package dev.gateline;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private Login(Builder builder) {
        subject = text("subject", builder.subject, 1);
        claims = Claims.of(builder.claims);
        methods = List.copyOf(builder.methods);
        authenticatedAt = builder.authenticatedAt;
        remembered = builder.remembered;
        client = text("client", builder.client, 0);
        replaces = builder.replaces;
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
    public static Builder builder(String subject) {
        return new Builder(subject);
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

    private Builder toBuilder() {
        Builder builder =
                new Builder(subject).methods(methods.toArray(String[]::new)).client(client);
        builder.claims.putAll(claims.asMap());
        builder.authenticatedAt = authenticatedAt;
        builder.remembered = remembered;
        builder.replaces = replaces;
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

    /** Describes a login. Not thread-safe. */
    public static final class Builder {
        private final String subject;
        private final Map<String, Object> claims = new LinkedHashMap<>();
        private List<String> methods = List.of();
        private @Nullable Instant authenticatedAt;
        private boolean remembered;
        private String client = "";
        private @Nullable Credential replaces;

        private Builder(String subject) {
            this.subject = subject;
        }

        /**
         * Adds a claim about the user. All claims together take at most {@link #MAX_CLAIMS_SIZE} bytes.
         *
         * @param name the name of the claim; not one that Gateline sets itself, such as {@code exp}
         * @param value a JSON value
         */
        public Builder claim(String name, Object value) {
            claims.put(name, value);
            return this;
        }

        /**
         * Adds several claims about the user.
         *
         * @param more the claims, without any of {@link Claims#RESERVED}
         */
        public Builder claims(Claims more) {
            claims.putAll(more.asMap());
            return this;
        }

        /**
         * Sets how the user proved who they are.
         *
         * @param methods RFC 8176 values such as {@code pwd}, {@code otp}, {@code hwk}; at most 16 of 32 characters
         */
        public Builder methods(String... methods) {
            this.methods = List.of(methods);
            return this;
        }

        /**
         * Sets when the user proved who they are, if that was earlier, for example at an identity provider.
         *
         * @param instant an instant after {@link Instant#EPOCH}; by default, and if it is after the start of the login,
         *     the start counts
         */
        public Builder authenticatedAt(Instant instant) {
            authenticatedAt = instant;
            return this;
        }

        /**
         * Sets whether the client keeps the credentials after it is closed: "remember me".
         *
         * @param remembered default: false
         */
        public Builder remembered(boolean remembered) {
            this.remembered = remembered;
            return this;
        }

        /**
         * Labels the client for a list of devices.
         *
         * @param label such as {@code Firefox on Linux}; at most 255 characters, no control characters
         */
        public Builder client(String label) {
            client = label;
            return this;
        }

        /**
         * Names the credential that the client has presented so far. Its login ends when this one has started.
         *
         * @param credential of any validity
         */
        public Builder replaces(Credential credential) {
            replaces = credential;
            return this;
        }

        /**
         * Builds the login.
         *
         * @throws IllegalArgumentException if a value breaks a rule; the message names both
         */
        public Login build() {
            return new Login(this);
        }
    }
}
