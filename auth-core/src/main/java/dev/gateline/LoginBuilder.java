package dev.gateline;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes a {@link Login}. Not thread-safe. */
public final class LoginBuilder {
    private final String subject;
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private List<String> methods = List.of();
    private @Nullable Instant authenticatedAt;
    private boolean remembered;
    private String client = "";
    private @Nullable Credential replaces;

    LoginBuilder(String subject) {
        this.subject = subject;
    }

    /**
     * Adds a claim about the user. All claims together take at most {@link Login#MAX_CLAIMS_SIZE} bytes.
     *
     * @param name the name of the claim; not one that Gateline sets itself, such as {@code exp}
     * @param value a JSON value
     */
    public LoginBuilder claim(String name, Object value) {
        claims.put(name, value);
        return this;
    }

    /**
     * Adds several claims about the user.
     *
     * @param more the claims, without any of {@link Claims#RESERVED}
     */
    public LoginBuilder claims(Claims more) {
        claims.putAll(more.asMap());
        return this;
    }

    /**
     * Sets how the user proved who they are.
     *
     * @param methods RFC 8176 values such as {@code pwd}, {@code otp}, {@code hwk}; at most 16 of 32 characters
     */
    public LoginBuilder methods(String... methods) {
        this.methods = List.of(methods);
        return this;
    }

    /**
     * Sets when the user proved who they are, if that was earlier, for example at an identity provider.
     *
     * @param instant an instant after {@link Instant#EPOCH}; by default, and if it is after the start of the login,
     *     the start counts
     */
    public LoginBuilder authenticatedAt(Instant instant) {
        authenticatedAt = instant;
        return this;
    }

    /**
     * Sets whether the client keeps the credentials after it is closed: "remember me".
     *
     * @param remembered default: false
     */
    public LoginBuilder remembered(boolean remembered) {
        this.remembered = remembered;
        return this;
    }

    /**
     * Labels the client for a list of devices.
     *
     * @param label such as {@code Firefox on Linux}; at most 255 characters, no control characters
     */
    public LoginBuilder client(String label) {
        client = label;
        return this;
    }

    /**
     * Names the credential that the client has presented so far. Its login ends when this one has started.
     *
     * @param credential of any validity
     */
    public LoginBuilder replaces(Credential credential) {
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

    String subject() {
        return subject;
    }

    Map<String, Object> claims() {
        return claims;
    }

    List<String> methods() {
        return methods;
    }

    @Nullable
    Instant authenticatedAt() {
        return authenticatedAt;
    }

    boolean remembered() {
        return remembered;
    }

    String client() {
        return client;
    }

    @Nullable
    Credential replaces() {
        return replaces;
    }
}
