package dev.gateline.spi;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * What a row remembers of its ticket: enough to prove a current one, and to recognise every other one of this login,
 * without keeping any.
 *
 * <p>Each ticket's successor is derived from it, {@code secret' = HMAC-SHA256(salt, secret)}. So of the current ticket
 * only the digest is kept; a presented one is walked forward, digest by digest, until it meets that. The number of steps
 * says how old it is, and a secret that never meets it is a guess. The digest of the next ticket is kept too: whoever
 * presents that one has got it from a row which a store has lost since.
 *
 * <p>All tickets of a login, of whatever chain, have its <em>origin</em> in common: it proves the right to end the login and
 * nothing else. Instants are in microseconds. Immutable.
 */
public final class TicketState {
    /** The age of the ticket that comes after the current one. */
    static final int AHEAD = -1;

    /** The age of what is no ticket of the current chain. */
    static final int UNKNOWN = -2;

    /** How long its written form is, in bytes. */
    static final int LENGTH = 113;

    /** How far back a ticket is recognised; an older one is as good as a guess. Who has none of the login walks no step. */
    private static final int LONGEST_WALK = 256;

    private static final int SALT_LENGTH = 16;
    private static final int DIGEST = SALT_LENGTH;
    private static final int NEXT = DIGEST + Ticket.DIGEST_LENGTH;
    private static final int ORIGIN = NEXT + Ticket.SHORT_DIGEST_LENGTH;
    private static final int GENERATION = ORIGIN + Ticket.SHORT_DIGEST_LENGTH;
    private static final int ISSUED_AT = GENERATION + Integer.BYTES;
    private static final int AWAITS = ISSUED_AT + Long.BYTES;
    private static final int GRACE_ENDS_AT = AWAITS + 1;
    private static final int STEP_UPS = GRACE_ENDS_AT + Long.BYTES;
    private static final int HANDED_OUT_AT = STEP_UPS + Integer.BYTES;

    private final byte[] written;
    private final int from;

    /** Whether the current ticket was used yet, and so how long the one before it leads to it. */
    enum Awaits {
        /** It was used: the one before it is good until the grace ends. */
        NOTHING(0),
        /** It was not used as far as the store knows: the one before it is good until it is. */
        FIRST_USE(1),
        /**
         * The same, but only a use of the ticket itself counts: while it was issued, the one before it was handed out to
         * somebody else, who may be the one to keep it.
         */
        FIRST_USE_OF_ITSELF(2);

        private final byte written;

        Awaits(int written) {
            this.written = (byte) written;
        }
    }

    /** Takes an array that is never changed, with the state in it. */
    private TicketState(byte[] written, int from) {
        this.written = written;
        this.from = from;
    }

    private static TicketState of(
            byte[] salt,
            Ticket current,
            int generation,
            int stepUps,
            Instant issuedAt,
            Awaits awaits,
            Instant graceEndsAt) {
        Ticket next = current.successor(Ticket.mac(salt));
        byte[] written = ByteBuffer.allocate(LENGTH)
                .put(salt)
                .put(current.digest())
                .put(next.digest(), 0, Ticket.SHORT_DIGEST_LENGTH)
                .put(current.originDigest())
                .putInt(generation)
                .putLong(LoginState.micros(issuedAt))
                .put(awaits.written)
                .putLong(LoginState.micros(graceEndsAt))
                .putInt(stepUps)
                .putLong(LoginState.micros(issuedAt))
                .array();
        return new TicketState(written, 0);
    }

    /**
     * Reads what a store has kept.
     *
     * @param written {@link #LENGTH} bytes, not changed afterwards
     */
    static TicketState trusted(byte[] written, int from) {
        return new TicketState(written, from);
    }

    /**
     * A state of a ticket that nobody has: for rows in tests of stores.
     *
     * @param generation how many tickets there were before
     * @param issuedAt when it was issued
     */
    public static TicketState ofNobody(int generation, Instant issuedAt) {
        return of(Secrets.bytes(SALT_LENGTH), Ticket.ofNobody(), generation, 0, issuedAt, Awaits.FIRST_USE, issuedAt);
    }

    /** The form in which a store keeps it, {@link #LENGTH} bytes. */
    ByteBuffer written() {
        return ByteBuffer.wrap(written, from, LENGTH);
    }

    /** Whether its numbers are such as it writes. */
    boolean isPlausible() {
        return generation() >= 0 && stepUps() >= 0 && written[from + AWAITS] == awaits().written;
    }

    /** The state of the first ticket of a login. */
    static TicketState first(Ticket ticket, Instant now) {
        return of(Secrets.bytes(SALT_LENGTH), ticket, 0, 0, now, Awaits.NOTHING, Instant.EPOCH);
    }

    /** The state once a step-up has begun another chain, whose first ticket follows from no other. */
    TicketState steppedUp(Ticket fresh, Instant now) {
        return of(
                Secrets.bytes(SALT_LENGTH), fresh, generation() + 1, stepUps() + 1, now, Awaits.NOTHING, Instant.EPOCH);
    }

    /** The same once a step-up was undone that may have ended what was signed before it: what is signed from now on is not of it. */
    TicketState withStepUpUndone() {
        byte[] copy = Arrays.copyOfRange(written, from, from + LENGTH);
        ByteBuffer.wrap(copy).putInt(STEP_UPS, stepUps() + 2);
        return new TicketState(copy, 0);
    }

    /**
     * The state once {@code current} has been traded for its successor.
     *
     * @param goodUntil until when the one before {@code current} was good
     */
    TicketState succeeded(Ticket current, Instant now, Awaits awaits, Instant goodUntil) {
        return of(salt(), successorOf(current), generation() + 1, stepUps(), now, awaits, goodUntil);
    }

    /** The state once the current ticket has been used. */
    TicketState firstUsed(Instant graceEndsAt) {
        byte[] copy = Arrays.copyOfRange(written, from, from + LENGTH);
        ByteBuffer.wrap(copy)
                .put(AWAITS, Awaits.NOTHING.written)
                .putLong(GRACE_ENDS_AT, LoginState.micros(graceEndsAt));
        return new TicketState(copy, 0);
    }

    /** The state once a renewal has handed out the current ticket again. */
    TicketState handedOut(Instant now) {
        byte[] copy = Arrays.copyOfRange(written, from, from + LENGTH);
        ByteBuffer.wrap(copy).putLong(HANDED_OUT_AT, LoginState.micros(now));
        return new TicketState(copy, 0);
    }

    /** The state once a store has lost that the ticket {@link #AHEAD} was issued, and somebody has used that. */
    TicketState regained(Ticket ahead, Instant now, Instant graceEndsAt) {
        return of(salt(), ahead, generation() + 1, stepUps(), now, Awaits.NOTHING, graceEndsAt);
    }

    /** The ticket that follows a ticket of this login. */
    Ticket successorOf(Ticket ticket) {
        return ticket.successor(Ticket.mac(salt()));
    }

    /**
     * How many successions ago a ticket was the current one.
     *
     * @return 0 for the current; 1 for its predecessor; {@link #AHEAD} for its successor; {@link #UNKNOWN} for anything else
     */
    int ageOf(Ticket presented) {
        if (has(presented)) {
            return 0;
        }
        if (!hasOriginOf(presented)) {
            return UNKNOWN;
        }
        if (Secrets.same(written, from + NEXT, presented.shortDigest())) {
            return AHEAD;
        }
        int most = Math.min(generation(), LONGEST_WALK);
        return presented
                .successionsTo(digest -> Secrets.same(written, from + DIGEST, digest), Ticket.mac(salt()), most)
                .orElse(UNKNOWN);
    }

    private boolean has(Ticket ticket) {
        return Secrets.same(written, from + DIGEST, ticket.digest());
    }

    /** Whether a ticket is of this login, of whatever age or chain: good enough to end it. */
    boolean hasOriginOf(Ticket presented) {
        return Secrets.same(written, from + ORIGIN, presented.originDigest());
    }

    private byte[] salt() {
        return Arrays.copyOfRange(written, from, from + SALT_LENGTH);
    }

    /** How many tickets there were before the current one. */
    int generation() {
        return written().getInt(from + GENERATION);
    }

    /** How many step-ups there were, about: a number that never comes again. */
    int stepUps() {
        return written().getInt(from + STEP_UPS);
    }

    /** When the current ticket was issued. */
    Instant issuedAt() {
        return LoginState.instant(written().getLong(from + ISSUED_AT));
    }

    /** When a renewal last handed out the current ticket; when it was issued, if none has since. */
    Instant handedOutAt() {
        return LoginState.instant(written().getLong(from + HANDED_OUT_AT));
    }

    /** Whether the first use of the current ticket is still to be seen. */
    Awaits awaits() {
        return switch (written[from + AWAITS]) {
            case 0 -> Awaits.NOTHING;
            case 1 -> Awaits.FIRST_USE;
            default -> Awaits.FIRST_USE_OF_ITSELF;
        };
    }

    /** Until when the ticket before the current one is good once that was used, exclusive; until then, that before it. */
    Instant graceEndsAt() {
        return LoginState.instant(written().getLong(from + GRACE_ENDS_AT));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TicketState that && written().equals(that.written());
    }

    @Override
    public int hashCode() {
        return issuedAt().hashCode() * 31 + generation();
    }

    @Override
    public String toString() {
        return "TicketState[generation " + generation() + ", redacted]";
    }
}
