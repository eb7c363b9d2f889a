package dev.gateline.store;

import dev.gateline.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes a {@link LoginState}. Instants are cut to microseconds. Not thread-safe. */
public final class LoginStateBuilder {
    private TicketState ticket;
    private byte[] claims;
    private long epoch;
    private String client = "";
    private boolean remembered;
    private @Nullable Instant startedAt;
    private @Nullable Instant endsAt;
    private @Nullable Duration idleTimeout;
    private @Nullable Instant authenticatedAt;
    private List<String> methods = List.of();
    private Map<String, String> data = Map.of();

    /**
     * Begins with the defaults.
     *
     * @param claims the written form of the claims, which is only read when somebody asks the state for them
     */
    LoginStateBuilder(TicketState ticket, byte[] claims) {
        this.ticket = ticket;
        this.claims = claims;
    }

    /** Sets the state of the ticket that proves the right to the login. */
    public LoginStateBuilder ticket(TicketState state) {
        ticket = state;
        return this;
    }

    /**
     * Sets the epoch in which the login started.
     *
     * @param number the epoch, as {@link RevocationStore#epoch} gives it; default: 0
     */
    public LoginStateBuilder epoch(long number) {
        epoch = number;
        return this;
    }

    /**
     * Sets the host's label of the client.
     *
     * @param label 0 to 255 characters; default: empty
     */
    public LoginStateBuilder client(String label) {
        client = label;
        return this;
    }

    /**
     * Sets whether the client keeps the credentials after it is closed.
     *
     * @param remembered default: false
     */
    public LoginStateBuilder remembered(boolean remembered) {
        this.remembered = remembered;
        return this;
    }

    /** Sets when the login started. Required. */
    public LoginStateBuilder startedAt(Instant instant) {
        startedAt = instant;
        return this;
    }

    /**
     * Sets the absolute limit. Required.
     *
     * @param instant the first instant at which the login has ended
     */
    public LoginStateBuilder endsAt(Instant instant) {
        endsAt = instant;
        return this;
    }

    /** Sets how long the login may go unused. Required. */
    public LoginStateBuilder idleTimeout(Duration timeout) {
        idleTimeout = timeout;
        return this;
    }

    /**
     * Sets when the user last proved who they are.
     *
     * @param instant default: the start of the login
     */
    public LoginStateBuilder authenticatedAt(Instant instant) {
        authenticatedAt = instant;
        return this;
    }

    /**
     * Sets how the user proved who they are.
     *
     * @param values RFC 8176 values; default: none
     */
    public LoginStateBuilder methods(List<String> values) {
        methods = List.copyOf(values);
        return this;
    }

    /**
     * Sets the host's claims about the user.
     *
     * @param values default: none
     */
    public LoginStateBuilder claims(Claims values) {
        claims = ClaimsForm.write(values);
        return this;
    }

    /**
     * Sets the data of the host in a session.
     *
     * @param json JSON by name; default: none
     */
    public LoginStateBuilder data(Map<String, String> json) {
        data = Map.copyOf(json);
        return this;
    }

    /**
     * Builds the state.
     *
     * @throws IllegalArgumentException if a required part is missing; the message names it
     */
    public LoginState build() {
        return new LoginState(this);
    }

    TicketState ticket() {
        return ticket;
    }

    long epoch() {
        return epoch;
    }

    String client() {
        return client;
    }

    boolean remembered() {
        return remembered;
    }

    Instant startedAt() {
        return required(startedAt, "startedAt(...)");
    }

    Instant endsAt() {
        return required(endsAt, "endsAt(...)");
    }

    Duration idleTimeout() {
        return required(idleTimeout, "idleTimeout(...)");
    }

    Instant authenticatedAt() {
        return authenticatedAt == null ? startedAt() : authenticatedAt;
    }

    List<String> methods() {
        return methods;
    }

    byte[] claims() {
        return claims;
    }

    Map<String, String> data() {
        return data;
    }

    private static <T> T required(@Nullable T part, String step) {
        if (part == null) {
            throw new IllegalArgumentException("the state of a login: " + step + " is missing");
        }
        return part;
    }
}
