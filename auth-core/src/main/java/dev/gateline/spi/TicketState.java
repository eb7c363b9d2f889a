package dev.gateline.spi;

import java.security.MessageDigest;
import java.time.Instant;

/**
 * What a row remembers of its ticket: enough to prove a current one, and to recognise every earlier one, without keeping
 * any.
 *
 * <p>Each ticket's successor is derived from it, {@code secret' = HMAC-SHA256(salt, secret)}. So of the current ticket
 * only the digest is kept; a presented one is walked forward, digest by digest, until it meets that. The number of steps
 * says how old it is, and a secret that never meets it is a guess. Immutable.
 */
public final class TicketState {
    /** How far back a ticket is recognised; one from before that is as good as a guess. Costs about a millisecond. */
    private static final int LONGEST_WALK = 1000;

    /** For {@link #predecessorUntil()}: until the current ticket is first used. */
    public static final Instant UNTIL_FIRST_USE = Instant.MAX;

    private static final Instant NO_PREDECESSOR = Instant.MIN;

    private final byte[] salt;
    private final byte[] digest;
    private final int generation;
    private final Instant rotatedAt;
    private final Instant predecessorUntil;

    /**
     * As a store kept it.
     *
     * @param salt 32 random bytes of this login's
     * @param digest 32 bytes, SHA-256 of the current ticket
     * @param generation how many successions there have been
     * @param rotatedAt when the current ticket was issued
     * @param predecessorUntil until when the one before it is good, exclusive; {@link #UNTIL_FIRST_USE};
     *     {@link Instant#MIN} if there is none
     */
    public TicketState(byte[] salt, byte[] digest, int generation, Instant rotatedAt, Instant predecessorUntil) {
        if (salt.length != 32 || digest.length != 32 || generation < 0) {
            throw new IllegalArgumentException("ticket state: salt and digest have 32 bytes, were " + salt.length
                    + " and " + digest.length + "; generation at least 0, was " + generation);
        }
        this.salt = salt.clone();
        this.digest = digest.clone();
        this.generation = generation;
        this.rotatedAt = rotatedAt;
        this.predecessorUntil = predecessorUntil;
    }

    /** The state of a ticket that follows from no other. */
    static TicketState first(Ticket ticket, Instant now) {
        return new TicketState(Secrets.bytes(32), ticket.digest(), 0, now, NO_PREDECESSOR);
    }

    /** The state once {@code current} has been traded for its successor. */
    TicketState succeeded(Ticket current, Instant now, Instant predecessorUntil) {
        return new TicketState(salt, current.successor(salt).digest(), generation + 1, now, predecessorUntil);
    }

    /** The state once the current ticket has been used. */
    TicketState firstUsed(Instant predecessorUntil) {
        return new TicketState(salt, digest, generation, rotatedAt, predecessorUntil);
    }

    /**
     * How many successions ago a ticket was the current one.
     *
     * @return 0 for the current; 1 for its predecessor; -1 for a guess
     */
    int ageOf(Ticket presented) {
        Ticket candidate = presented;
        int walk = Math.min(generation, LONGEST_WALK);
        for (int age = 0; age <= walk; age++) {
            if (MessageDigest.isEqual(digest, candidate.digest())) {
                return age;
            }
            candidate = age < walk ? candidate.successor(salt) : candidate;
        }
        return -1;
    }

    /** Whether nobody has been seen to use the current ticket since it was issued in succession. */
    boolean awaitsFirstUse() {
        return predecessorUntil.equals(UNTIL_FIRST_USE);
    }

    /** 32 random bytes. */
    public byte[] salt() {
        return salt.clone();
    }

    /** 32 bytes, SHA-256 of the current ticket. */
    public byte[] digest() {
        return digest.clone();
    }

    /** How many successions there have been. */
    public int generation() {
        return generation;
    }

    /** When the current ticket was issued. */
    public Instant rotatedAt() {
        return rotatedAt;
    }

    /** Until when the ticket before the current one is good, exclusive. */
    public Instant predecessorUntil() {
        return predecessorUntil;
    }

    /** Package-private for {@link Tickets}: the successor of the current ticket's predecessor is the current one. */
    Ticket successorOf(Ticket ticket) {
        return ticket.successor(salt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TicketState that
                && MessageDigest.isEqual(salt, that.salt)
                && MessageDigest.isEqual(digest, that.digest)
                && generation == that.generation
                && rotatedAt.equals(that.rotatedAt)
                && predecessorUntil.equals(that.predecessorUntil);
    }

    @Override
    public int hashCode() {
        return rotatedAt.hashCode() * 31 + generation;
    }

    @Override
    public String toString() {
        return "TicketState[generation " + generation + ", redacted]";
    }
}
