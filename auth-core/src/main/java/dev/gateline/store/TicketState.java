package dev.gateline.store;

import dev.gateline.internal.Micros;
import dev.gateline.internal.Secrets;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * The part of a row about its ticket. It is enough to prove the current ticket and to recognise every other ticket of
 * the login, without keeping one. A store keeps it as a part of {@link LoginState#write()}, and the engine reads it.
 * Instants are in microseconds. Immutable.
 */
public final class TicketState {
    /** The length of the salt from which a ticket's successor is derived, in bytes. */
    public static final int SALT_LENGTH = 16;

    /** The length of the digest of the current ticket, in bytes. */
    public static final int DIGEST_LENGTH = 32;

    /** The length of each other digest, in bytes. */
    public static final int SHORT_DIGEST_LENGTH = 16;

    /** The length of the written form, in bytes. */
    static final int LENGTH = 117;

    private static final int DIGEST = SALT_LENGTH;
    private static final int NEXT = DIGEST + DIGEST_LENGTH;
    private static final int ORIGIN = NEXT + SHORT_DIGEST_LENGTH;
    private static final int GENERATION = ORIGIN + SHORT_DIGEST_LENGTH;
    private static final int ISSUED_AT = GENERATION + Integer.BYTES;
    private static final int AWAITS = ISSUED_AT + Long.BYTES;
    private static final int GRACE_ENDS_AT = AWAITS + 1;
    private static final int STEP_UPS = GRACE_ENDS_AT + Long.BYTES;
    private static final int ENDED_BELOW = STEP_UPS + Integer.BYTES;
    private static final int HANDED_OUT_AT = ENDED_BELOW + Integer.BYTES;

    /** The greatest number of counts of step-ups that have no ending at the same time. */
    private static final int MOST_OPEN = 256;

    private final byte[] written;
    private final int from;

    /** Whether the current ticket was used, which decides how long the ticket before it leads to it. */
    public enum Awaits {
        /** The current ticket was used. The ticket before it is good until the grace ends. */
        NOTHING(0),
        /**
         * The current ticket was not used, as far as the store knows. The ticket before it is good until it is used.
         */
        FIRST_USE(1),
        /**
         * The current ticket was not used, and only a use of the ticket itself counts. While it was issued, the ticket
         * before it was handed out to another caller, and the client may keep either.
         */
        FIRST_USE_OF_ITSELF(2);

        private final byte written;

        Awaits(int written) {
            this.written = (byte) written;
        }
    }

    /**
     * The digests of a state.
     *
     * @param salt the salt from which the successor of a ticket is derived, {@link #SALT_LENGTH} bytes
     * @param current the digest of the current ticket, {@link #DIGEST_LENGTH} bytes
     * @param next the first {@link #SHORT_DIGEST_LENGTH} bytes of the digest of the ticket that comes after it
     * @param origin the digest of the part that all tickets of the login share, {@link #SHORT_DIGEST_LENGTH} bytes
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Digests(byte[] salt, byte[] current, byte[] next, byte[] origin) {}

    /**
     * The counts of a state.
     *
     * @param generation the number of tickets of the login before the current one
     * @param stepUps the approximate number of step-ups, which never repeats
     * @param endedBelow the least count of step-ups that is not known to have ended, at most {@code stepUps}
     */
    public record Counts(int generation, int stepUps, int endedBelow) {}

    /** Takes an array that is never changed, with the state in it. */
    private TicketState(byte[] written, int from) {
        this.written = written;
        this.from = from;
    }

    /**
     * Creates a state.
     *
     * @param digests the digests of the tickets
     * @param counts the counts of earlier tickets and step-ups
     * @param issuedAt the time at which the current ticket was issued
     * @param awaits whether the current ticket was used
     * @param graceEndsAt as in {@link #graceEndsAt()}
     */
    public TicketState(Digests digests, Counts counts, Instant issuedAt, Awaits awaits, Instant graceEndsAt) {
        this.from = 0;
        this.written = ByteBuffer.allocate(LENGTH)
                .put(digests.salt)
                .put(digests.current)
                .put(digests.next)
                .put(digests.origin)
                .putInt(counts.generation)
                .putLong(Micros.of(issuedAt))
                .put(awaits.written)
                .putLong(Micros.of(graceEndsAt))
                .putInt(counts.stepUps)
                .putInt(counts.endedBelow)
                .putLong(Micros.of(issuedAt))
                .array();
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
     * Creates the state of a ticket that no client has, for rows in tests of stores.
     *
     * @param generation the number of tickets before
     * @param issuedAt when it was issued
     */
    public static TicketState ofNobody(int generation, Instant issuedAt) {
        Digests digests = new Digests(
                Secrets.bytes(SALT_LENGTH),
                Secrets.bytes(DIGEST_LENGTH),
                Secrets.bytes(SHORT_DIGEST_LENGTH),
                Secrets.bytes(SHORT_DIGEST_LENGTH));
        return new TicketState(digests, new Counts(generation, 0, 0), issuedAt, Awaits.FIRST_USE, issuedAt);
    }

    /** The form in which a store keeps the state, {@link #LENGTH} bytes. */
    ByteBuffer written() {
        return ByteBuffer.wrap(written, from, LENGTH);
    }

    /** Whether the numbers are such that Gateline can have written them. */
    boolean isPlausible() {
        int open = stepUps() - endedBelow();
        return generation() >= 0
                && endedBelow() >= 0
                && open >= 0
                && open <= MOST_OPEN
                && written[from + AWAITS] == awaits().written;
    }

    /**
     * The state after the current ticket has been used.
     *
     * @param graceEndsAt as in {@link #graceEndsAt()}
     */
    public TicketState used(Instant graceEndsAt) {
        byte[] copy = copy();
        ByteBuffer.wrap(copy).put(AWAITS, Awaits.NOTHING.written).putLong(GRACE_ENDS_AT, Micros.of(graceEndsAt));
        return new TicketState(copy, 0);
    }

    /**
     * The state after a renewal has handed out the current ticket again.
     *
     * @param now as in {@link #handedOutAt()}
     */
    public TicketState handedOut(Instant now) {
        byte[] copy = copy();
        ByteBuffer.wrap(copy).putLong(HANDED_OUT_AT, Micros.of(now));
        return new TicketState(copy, 0);
    }

    /**
     * The state after a step-up was undone, which may have ended the tokens from before it. Tokens that are signed from
     * now on have another count. If {@link #MOST_OPEN} counts are open, the count stays the same, and new tokens may
     * have ended already.
     */
    public TicketState withStepUpUndone() {
        byte[] copy = copy();
        int undone = stepUps() + 2;
        if (undone - endedBelow() <= MOST_OPEN) {
            ByteBuffer.wrap(copy).putInt(STEP_UPS, undone);
        }
        return new TicketState(copy, 0);
    }

    private byte[] copy() {
        return Arrays.copyOfRange(written, from, from + LENGTH);
    }

    /** The salt from which the successor of a ticket is derived. */
    public byte[] salt() {
        return Arrays.copyOfRange(written, from, from + SALT_LENGTH);
    }

    /**
     * Whether a digest is that of the current ticket, compared in constant time.
     *
     * @param digest {@link #DIGEST_LENGTH} bytes
     */
    public boolean isCurrent(byte[] digest) {
        return Secrets.same(written, from + DIGEST, digest);
    }

    /**
     * Whether a digest is that of the ticket after the current one, compared in constant time.
     *
     * @param digest {@link #SHORT_DIGEST_LENGTH} bytes
     */
    public boolean isNext(byte[] digest) {
        return Secrets.same(written, from + NEXT, digest);
    }

    /**
     * Whether a digest is that of the part which all tickets of this login share, compared in constant time.
     *
     * @param digest {@link #SHORT_DIGEST_LENGTH} bytes
     */
    public boolean isOrigin(byte[] digest) {
        return Secrets.same(written, from + ORIGIN, digest);
    }

    /** The number of tickets before the current one. */
    public int generation() {
        return written().getInt(from + GENERATION);
    }

    /** The approximate number of step-ups, which never repeats. */
    public int stepUps() {
        return written().getInt(from + STEP_UPS);
    }

    /**
     * The least count of step-ups that is not known to have ended. Tokens and identities of a lower count are
     * worthless. It is below {@link #stepUps()} after step-ups that were undone.
     */
    public int endedBelow() {
        return written().getInt(from + ENDED_BELOW);
    }

    /** When the current ticket was issued. */
    public Instant issuedAt() {
        return Micros.instant(written().getLong(from + ISSUED_AT));
    }

    /** The time at which a renewal last handed out the current ticket, or at which it was issued. */
    public Instant handedOutAt() {
        return Micros.instant(written().getLong(from + HANDED_OUT_AT));
    }

    /** Whether the current ticket was used. */
    public Awaits awaits() {
        return switch (written[from + AWAITS]) {
            case 0 -> Awaits.NOTHING;
            case 1 -> Awaits.FIRST_USE;
            default -> Awaits.FIRST_USE_OF_ITSELF;
        };
    }

    /**
     * The end of the time in which the ticket before the current one is good after the current one was used; before
     * that use, the end for the ticket before that.
     */
    public Instant graceEndsAt() {
        return Micros.instant(written().getLong(from + GRACE_ENDS_AT));
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
