package dev.gateline.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps revocations: a token may have ended although its signature is valid, and a login may have ended although a
 * fail-over brought its row back. An entry lives at least until the last token that it covers is dead. It is never
 * dropped to make room: a full store throws.
 *
 * <p>Thread-safe. A method that returns has made its change durable. Any exception counts as an outage.
 */
public interface RevocationStore {

    /** The group of all logins of the store. */
    String ALL_REALMS = "*";

    /**
     * Adds a revocation: a new one, or one that another node knows.
     *
     * @param revocation the revocation; it merges with one of the same grain and key
     * @param now the instant of the decision
     */
    void revoke(Revocation revocation, Instant now);

    /**
     * Adds many revocations, as {@link #revoke} does, in one step if the store can.
     *
     * @param revocations the revocations, of any grains
     * @param now the instant of the decision
     */
    default void revokeAll(Collection<Revocation> revocations, Instant now) {
        revocations.forEach(revocation -> revoke(revocation, now));
    }

    /**
     * Ends all logins of a subject, of a realm or of all realms that have started until now. A token carries the epoch
     * in which its login started, and tokens of an earlier epoch are dead.
     *
     * @param group the group of logins: a key of {@link Revocable#subjectKey}, a realm, or {@link #ALL_REALMS}; 1 to
     *     300 characters
     * @param above an epoch that the new one must exceed: the greatest epoch of the logins to end that the caller knows
     * @param now the instant of the decision
     * @param until as in {@link Revocation#until()}
     * @return the new epoch, greater than {@code above} and than every earlier epoch, forgotten ones included
     */
    long raiseEpoch(String group, long above, Instant now, Instant until);

    /**
     * The epoch for a login that starts now. No earlier ending applies to this login then, whether a node remembers the
     * ending or not. A new or emptied store begins at its clock in microseconds.
     *
     * @return an epoch no less than every earlier one of any group, and more than 0
     */
    long epoch();

    /**
     * Whether a token or a login has ended, at any grain. A store that keeps copies may answer from them, and must soon
     * hear of changes.
     *
     * @param revocable a token or login whose other checks have passed
     */
    boolean isRevoked(Revocable revocable);

    /**
     * Answers as {@link #isRevoked}, but a store that keeps copies asks the store itself, unless it knows of an ending.
     * The answer is no older than the question.
     *
     * @param revocable a token or login whose other checks have passed
     */
    default boolean isRevokedAuthoritatively(Revocable revocable) {
        return isRevoked(revocable);
    }

    /**
     * Whether a token or a login may have ended, as far as this node knows without waiting. It does no I/O, and holds
     * no lock that is held during I/O.
     *
     * @param revocable a token or login whose other checks have passed
     * @return false only if {@link #isRevoked} would return false now; true, which is the default, if it would return
     *     true, would ask the store or would throw
     */
    default boolean mayBeRevoked(Revocable revocable) {
        return true;
    }

    /**
     * Reads all live revocations, so that a node can hold them in memory. An entry that is added meanwhile may be
     * missing.
     *
     * @param now the instant of the decision
     * @param action called for each revocation, in no particular order, once or twice; expired ones may be among them
     */
    void forEachLive(Instant now, Consumer<Revocation> action);

    /**
     * Counts the live revocations, for an operator. The default reads all of them.
     *
     * @param now the instant of the decision
     * @return the number; expired ones may be among them, an entry may count twice, and one that is added meanwhile may
     *     be missing
     */
    default long countLive(Instant now) {
        long[] count = {0};
        forEachLive(now, revocation -> count[0]++);
        return count[0];
    }

    /**
     * Reports the server's clock and the mark. It changes nothing.
     *
     * @return the report of a moment after the call began
     */
    default Standing standing() {
        return Standing.UNMEASURED;
    }

    /**
     * Leaves a dated mark in the store, behind all endings that were acknowledged before and in the same place. If the
     * store loses one of these endings, it loses the mark as well. A node that then finds an older mark knows how far
     * the store went back. A mark that is missing, is older than {@code last}, or was left by another run of the
     * server, is not changed, because the loss has to be examined first.
     *
     * @param last the time of this node's last mark, by the server's clock
     * @return the report with the new mark, or with the mark that stays
     */
    default Standing mark(Instant last) {
        return Standing.UNMEASURED;
    }

    /**
     * Leaves a mark after a loss, because this node has given back the endings that it knows, or no node is left that
     * could give them back. It holds only for the server that has received these endings. The same atomic step
     * therefore checks that the server is still in the {@link Standing#run() run} of the report, and that its mark is
     * not earlier than the reported one.
     *
     * @param seen the report of a moment before this node gave its endings back
     * @return the report with the new mark; empty if the store is not the reported one any more, and nothing was
     *     written
     */
    default Optional<Standing> vouch(Standing seen) {
        return Optional.of(Standing.UNMEASURED);
    }

    /**
     * Reports each revocation from now on, from any node.
     *
     * @param listener the listener; called on the thread of the feed, more than once for some revocations
     * @throws UnsupportedOperationException if this store has no change feed
     */
    default void subscribe(Listener listener) {
        throw new UnsupportedOperationException("this store tells of no revocations: it has no change feed");
    }

    /** A listener to revocations. It must be quick and throw nothing. */
    interface Listener {

        /**
         * A revocation was added, and the store already answers with it.
         *
         * @param revocation the revocation, of any node, also of this one
         */
        void revoked(Revocation revocation);

        /** Revocations may have been missed. The store already knows them, or throws if it is asked. */
        void missed();
    }
}
