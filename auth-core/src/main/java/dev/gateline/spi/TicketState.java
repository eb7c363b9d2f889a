package dev.gateline.spi;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
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
    /** How far back a ticket is recognised; an older one is as good as a guess. Costs a fifth of a millisecond. */
    private static final int LONGEST_WALK = 256;

    private static final int LENGTH = 32;

    private final byte[] salt;
    private final byte[] digest;
    private final int generation;
    private final Instant rotatedAt;
    private final boolean awaitsFirstUse;
    private final Instant graceEndsAt;

    /**
     * As a store kept it.
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
        this(
                salt.clone(),
                digest.clone(),
                generation,
                awaitsFirstUse,
                LoginState.inMicros(rotatedAt),
                LoginState.inMicros(graceEndsAt));
        if (salt.length != LENGTH || digest.length != LENGTH || generation < 0) {
            throw new IllegalArgumentException("ticket state: salt and digest have 32 bytes, were " + salt.length
                    + " and " + digest.length + "; generation at least 0, was " + generation);
        }
    }

    /** Takes arrays that nobody else has. */
    private TicketState(
            byte[] salt,
            byte[] digest,
            int generation,
            boolean awaitsFirstUse,
            Instant rotatedAt,
            Instant graceEndsAt) {
        this.salt = salt;
        this.digest = digest;
        this.generation = generation;
        this.rotatedAt = rotatedAt;
        this.awaitsFirstUse = awaitsFirstUse;
        this.graceEndsAt = graceEndsAt;
    }

    void write(DataOutputStream out) throws IOException {
        out.write(salt);
        out.write(digest);
        out.writeInt(generation);
        out.writeLong(LoginState.micros(rotatedAt));
        out.writeBoolean(awaitsFirstUse);
        out.writeLong(LoginState.micros(graceEndsAt));
    }

    static TicketState read(ByteBuffer in) {
        byte[] salt = new byte[LENGTH];
        byte[] digest = new byte[LENGTH];
        in.get(salt).get(digest);
        int generation = in.getInt();
        Instant rotatedAt = LoginState.instant(in.getLong());
        boolean awaitsFirstUse = in.get() == 1;
        return new TicketState(salt, digest, generation, awaitsFirstUse, rotatedAt, LoginState.instant(in.getLong()));
    }

    /** The state of a ticket that follows from no other. */
    static TicketState first(Ticket ticket, Instant now) {
        return new TicketState(Secrets.bytes(32), ticket.digest(), 0, now, false, now);
    }

    /** The state once {@code current} has been traded for its successor, whose first use will be seen. */
    TicketState succeededUntilFirstUse(Ticket current, Instant now) {
        return new TicketState(salt, successorOf(current).digest(), generation + 1, now, true, now);
    }

    /** The state once {@code current} has been traded for its successor, with a grace from now on. */
    TicketState succeeded(Ticket current, Instant now, Instant graceEndsAt) {
        return new TicketState(salt, successorOf(current).digest(), generation + 1, now, false, graceEndsAt);
    }

    /** The state once the current ticket has been used. */
    TicketState firstUsed(Instant graceEndsAt) {
        return new TicketState(salt, digest, generation, rotatedAt, false, graceEndsAt);
    }

    /** Whether the ticket before the current one is good. */
    boolean predecessorIsGood(Instant now) {
        return generation > 0 && (awaitsFirstUse || now.isBefore(graceEndsAt));
    }

    /** The ticket that follows a ticket of this login. */
    Ticket successorOf(Ticket ticket) {
        return ticket.successor(Ticket.mac(salt));
    }

    /**
     * How many successions ago a ticket was the current one.
     *
     * @return 0 for the current; 1 for its predecessor; -1 for a guess
     */
    int ageOf(Ticket presented) {
        if (MessageDigest.isEqual(digest, presented.digest())) {
            return 0;
        }
        Mac mac = Ticket.mac(salt);
        Ticket candidate = presented;
        for (int age = 1; age <= Math.min(generation, LONGEST_WALK); age++) {
            candidate = candidate.successor(mac);
            if (MessageDigest.isEqual(digest, candidate.digest())) {
                return age;
            }
        }
        return -1;
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

    /** Whether the ticket before the current one is good until that is first used. */
    public boolean awaitsFirstUse() {
        return awaitsFirstUse;
    }

    /** Otherwise, until when it is good, exclusive. */
    public Instant graceEndsAt() {
        return graceEndsAt;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TicketState that
                && MessageDigest.isEqual(salt, that.salt)
                && MessageDigest.isEqual(digest, that.digest)
                && generation == that.generation
                && rotatedAt.equals(that.rotatedAt)
                && awaitsFirstUse == that.awaitsFirstUse
                && graceEndsAt.equals(that.graceEndsAt);
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
