package dev.gateline.spi;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * What a row remembers of its ticket: enough to prove a current one, and to recognise every earlier one, without keeping
 * any.
 *
 * <p>Each ticket's successor is derived from it, {@code secret' = HMAC-SHA256(salt, secret)}. So of the current ticket
 * only the digest is kept; a presented one is walked forward, digest by digest, until it meets that. The number of steps
 * says how old it is, and a secret that never meets it is a guess. Instants are in microseconds. Immutable.
 */
public final class TicketState {
    /** How long its written form is, in bytes. */
    static final int LENGTH = 85;

    /** How far back a ticket is recognised; an older one is as good as a guess. Costs a fifth of a millisecond. */
    private static final int LONGEST_WALK = 256;

    private static final int PART = 32;
    private static final int DIGEST = PART;
    private static final int GENERATION = 2 * PART;
    private static final int ROTATED_AT = GENERATION + Integer.BYTES;
    private static final int AWAITS_FIRST_USE = ROTATED_AT + Long.BYTES;
    private static final int GRACE_ENDS_AT = AWAITS_FIRST_USE + 1;

    private final byte[] written;
    private final int from;

    /** Takes an array that is never changed, with the state in it. */
    private TicketState(byte[] written, int from) {
        this.written = written;
        this.from = from;
    }

    /**
     * A state.
     *
     * @param salt 32 random bytes of this login's
     * @param digest 32 bytes, SHA-256 of the current ticket
     * @param generation how many successions there have been
     * @param rotatedAt when the current ticket was issued
     * @param awaitsFirstUse whether the ticket before the current one is good until that is first used
     * @param graceEndsAt otherwise, until when it is good, exclusive
     */
    public TicketState(
            byte[] salt,
            byte[] digest,
            int generation,
            Instant rotatedAt,
            boolean awaitsFirstUse,
            Instant graceEndsAt) {
        if (salt.length != PART || digest.length != PART || generation < 0) {
            throw new IllegalArgumentException("ticket state: salt and digest have 32 bytes, were " + salt.length
                    + " and " + digest.length + "; generation at least 0, was " + generation);
        }
        from = 0;
        written = ByteBuffer.allocate(LENGTH)
                .put(salt)
                .put(digest)
                .putInt(generation)
                .putLong(LoginState.micros(rotatedAt))
                .put((byte) (awaitsFirstUse ? 1 : 0))
                .putLong(LoginState.micros(graceEndsAt))
                .array();
    }

    /** What {@link #written()} gave in this process, and nobody changes. */
    static TicketState trusted(byte[] written, int from) {
        return new TicketState(written, from);
    }

    /** The form in which a store keeps it, {@link #LENGTH} bytes. */
    ByteBuffer written() {
        return ByteBuffer.wrap(written, from, LENGTH);
    }

    /** The state of a ticket that follows from no other. */
    static TicketState first(Ticket ticket, Instant now) {
        return new TicketState(Secrets.bytes(32), ticket.digest(), 0, now, false, now);
    }

    /** The state once {@code current} has been traded for its successor, whose first use will be seen. */
    TicketState succeededUntilFirstUse(Ticket current, Instant now) {
        return new TicketState(salt(), successorOf(current).digest(), generation() + 1, now, true, now);
    }

    /** The state once {@code current} has been traded for its successor, with a grace from now on. */
    TicketState succeeded(Ticket current, Instant now, Instant graceEndsAt) {
        return new TicketState(salt(), successorOf(current).digest(), generation() + 1, now, false, graceEndsAt);
    }

    /** The state once the current ticket has been used. */
    TicketState firstUsed(Instant graceEndsAt) {
        return new TicketState(salt(), digest(), generation(), rotatedAt(), false, graceEndsAt);
    }

    /** Whether the ticket before the current one is good. */
    boolean predecessorIsGood(Instant now) {
        return generation() > 0 && (awaitsFirstUse() || now.isBefore(graceEndsAt()));
    }

    /** The ticket that follows a ticket of this login. */
    Ticket successorOf(Ticket ticket) {
        return ticket.successor(Ticket.mac(salt()));
    }

    /**
     * How many successions ago a ticket was the current one.
     *
     * @return 0 for the current; 1 for its predecessor; -1 for a guess
     */
    int ageOf(Ticket presented) {
        if (isOf(presented)) {
            return 0;
        }
        Mac mac = Ticket.mac(salt());
        Ticket candidate = presented;
        int oldest = Math.min(generation(), LONGEST_WALK);
        for (int age = 1; age <= oldest; age++) {
            candidate = candidate.successor(mac);
            if (isOf(candidate)) {
                return age;
            }
        }
        return -1;
    }

    private boolean isOf(Ticket ticket) {
        return Secrets.same(written, from + DIGEST, ticket.digest());
    }

    /** 32 random bytes. */
    public byte[] salt() {
        return Arrays.copyOfRange(written, from, from + PART);
    }

    /** 32 bytes, SHA-256 of the current ticket. */
    public byte[] digest() {
        return Arrays.copyOfRange(written, from + DIGEST, from + DIGEST + PART);
    }

    /** How many successions there have been. */
    public int generation() {
        return written().getInt(from + GENERATION);
    }

    /** When the current ticket was issued. */
    public Instant rotatedAt() {
        return LoginState.instant(written().getLong(from + ROTATED_AT));
    }

    /** Whether the ticket before the current one is good until that is first used. */
    public boolean awaitsFirstUse() {
        return written[from + AWAITS_FIRST_USE] == 1;
    }

    /** Otherwise, until when it is good, exclusive. */
    public Instant graceEndsAt() {
        return LoginState.instant(written().getLong(from + GRACE_ENDS_AT));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TicketState that && written().equals(that.written());
    }

    @Override
    public int hashCode() {
        return rotatedAt().hashCode() * 31 + generation();
    }

    @Override
    public String toString() {
        return "TicketState[generation " + generation() + ", redacted]";
    }
}
