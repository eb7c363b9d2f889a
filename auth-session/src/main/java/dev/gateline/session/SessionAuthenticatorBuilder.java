package dev.gateline.session;

import dev.gateline.LoginSettings;
import dev.gateline.engine.LoginTimeouts;
import dev.gateline.engine.Reporter;
import dev.gateline.engine.TicketPolicy;
import dev.gateline.engine.Tickets;
import dev.gateline.internal.Rules;
import dev.gateline.store.Storage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Wires a {@link SessionAuthenticator}. Not thread-safe. */
public final class SessionAuthenticatorBuilder extends LoginSettings<SessionAuthenticatorBuilder> {
    private final Storage storage;
    private final String kind;
    private String realm = "";
    private Duration rotateEvery = Duration.ofMinutes(15);
    private Duration seenInterval = Duration.ofMinutes(1);
    private @Nullable AttributeCodec codec;
    private int maxDataSize = 16 * 1024;

    /**
     * Begins with the defaults.
     *
     * @param kind the part of the realm that separates visitors from users
     */
    SessionAuthenticatorBuilder(Storage storage, String kind) {
        this.storage = storage;
        this.kind = kind;
    }

    @Override
    protected SessionAuthenticatorBuilder self() {
        return this;
    }

    /**
     * Separates these sessions from others in the same storage, for example those of customers from those of staff.
     *
     * @param name 0 to 32 letters, digits and hyphens; default: empty
     */
    public SessionAuthenticatorBuilder realm(String name) {
        Rules.require(
                name.length() <= 32
                        && name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-')),
                "realm: 0 to 32 letters, digits and hyphens, was " + name);
        realm = name;
        return this;
    }

    /**
     * Sets how old an id may get before {@link dev.gateline.http.HttpAuth} trades it for its successor on the way. An
     * id that a renewal has just handed out is kept for the grace and a minute more, so it is never traded sooner.
     *
     * @param span longer than the grace, at most 36,525 days; default 15 min
     */
    public SessionAuthenticatorBuilder rotateEvery(Duration span) {
        rotateEvery = span;
        return this;
    }

    /**
     * Sets how often the use of a session is written at most, by all nodes together, after the request. By its idle
     * timeout a session ends early by less than this interval, and never late.
     *
     * @param interval 0 to 1 h; default 1 min; never more than a tenth of the login's own idle timeout
     */
    public SessionAuthenticatorBuilder seenInterval(Duration interval) {
        seenInterval = interval;
        return this;
    }

    /**
     * Sets how attributes become JSON.
     *
     * @param codec default: {@link AttributeCodec#jackson()}
     */
    public SessionAuthenticatorBuilder attributeCodec(AttributeCodec codec) {
        this.codec = codec;
        return this;
    }

    /**
     * Sets how much data a session may have.
     *
     * @param bytes the size of the JSON of all attributes and their names together; default 16 KiB
     */
    public SessionAuthenticatorBuilder maxDataSize(int bytes) {
        maxDataSize = bytes;
        return this;
    }

    /**
     * Builds the authenticator.
     *
     * @throws IllegalArgumentException if a setting breaks a rule; the message names the rule and the value
     */
    public SessionAuthenticator build() {
        SessionExpiry expiry = new SessionExpiry(policy(), rotateEvery);
        Reporter reporter = new Reporter(clock(), listener());
        Tickets tickets = new Tickets(expiry.policy(), storage, renewals(), clock(), reporter);
        AttributeCodec attributes = codec == null ? AttributeCodec.jackson() : codec;
        return new SessionAuthenticator(
                new Sessions(tickets, attributes, maxDataSize, clock()),
                expiry,
                new SessionRevocation(tickets),
                clock(),
                reporter);
    }

    private TicketPolicy policy() {
        LoginTimeouts timeouts = new LoginTimeouts(usualTimeouts(), rememberedTimeouts(), shortened());
        return TicketPolicy.builder(Sessions.PREFIX, timeouts, limit())
                .realm(Sessions.PREFIX + kind + realm)
                .grace(grace())
                .seenInterval(seenInterval)
                .build();
    }
}
