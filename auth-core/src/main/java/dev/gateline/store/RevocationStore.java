package dev.gateline.store;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * What has ended although a signature, or a row that a failed-over store brought back, still says otherwise. An entry
 * lives at least until the last token that it covers is dead and is never dropped to make room: a store that can't take
 * one more throws.
 *
 * <p>Thread-safe. A method that returns has made it durable; any exception is taken as an outage.
 */
public interface RevocationStore {

    /** The group of all logins there are. */
    String ALL_REALMS = "*";

    /**
     * Ends something, or takes in what another node knows to have ended.
     *
     * @param revocation merges with one of the same grain and key
     * @param now the instant of the decision
     */
    void revoke(Revocation revocation, Instant now);

    /**
     * Ends many things, as {@link #revoke} does. A store that can does it in one step.
     *
     * @param revocations of any grains
     * @param now the instant of the decision
     */
    default void revokeAll(Collection<Revocation> revocations, Instant now) {
        revocations.forEach(revocation -> revoke(revocation, now));
    }

    /**
     * Ends all logins of a subject, of a realm or of all realms that have started by now: tokens carry the epoch in
     * which their login started, and those of an earlier one are dead.
     *
     * @param group whose logins, as in {@link Revocable#subjectKey}, a realm, or {@link #ALL_REALMS}: 1 to 300
     *     characters
     * @param above an epoch that the new one must be greater than: of the logins that are to end, as far as the caller
     *     knows
     * @param now the instant of the decision
     * @param until as in {@link Revocation#until()}
     * @return the new epoch: greater than {@code above} and all before, also than those long forgotten
     */
    long raiseEpoch(String group, long above, Instant now, Instant until);

    /**
     * The epoch in which a login that starts now belongs. So nothing that was ended before, wherever that is still
     * remembered and wherever it is not, is taken for an ending of this login. A store that has given none, because it
     * is new or was emptied, begins at its clock in microseconds.
     *
     * @return no less than any that was ever given, to whatever group, and more than 0
     */
    long epoch();

    /**
     * Whether it has ended, at any grain. Whoever keeps copies may answer from those, and must soon be told of changes.
     *
     * @param revocable proven, but for this
     */
    boolean isRevoked(Revocable revocable);

    /**
     * As {@link #isRevoked}, but a store that answers from copies asks the store itself about what it doesn't know to
     * have ended. The answer is no older than the question.
     *
     * @param revocable proven, but for this
     */
    default boolean isRevokedAuthoritatively(Revocable revocable) {
        return isRevoked(revocable);
    }

    /**
     * Reads all that are live, so that a node can hold them in memory. An entry that is added meanwhile may be missing.
     *
     * @param now the instant of the decision
     * @param action takes each, in no particular order; once or twice; dead ones may be among them
     */
    void forEachLive(Instant now, Consumer<Revocation> action);

    /**
     * How the store stands. Nothing changes.
     *
     * @return as of a moment after the call
     */
    default Standing standing() {
        return Standing.UNMEASURED;
    }

    /**
     * Leaves a dated mark in the store, behind all endings that were acknowledged before and in the same place: where
     * one of them is lost the mark is lost too. Whoever then finds an older one knows how far the store went back. A
     * mark that is missing, is older than {@code last}, or was left by another run of the server, stays as it is: it
     * has to be looked into first.
     *
     * @param last when this node's last mark was left, by the server's clock
     * @return as of the mark, or as it stays
     */
    default Standing mark(Instant last) {
        return Standing.UNMEASURED;
    }

    /**
     * Leaves a mark whatever is there: this node has given back what it knows to have ended, or nobody is left who
     * could.
     *
     * @return as of the mark
     */
    default Standing vouch() {
        return Standing.UNMEASURED;
    }

    /**
     * Tells of each revocation from now on, wherever it is made.
     *
     * @param listener called on the thread that hears of it, and told again of some
     * @throws UnsupportedOperationException if this store hears of none: it has no feed of changes
     */
    default void subscribe(Listener listener) {
        throw new UnsupportedOperationException("this store tells of no revocations: it has no change feed");
    }

    /** Hears of revocations. Must be quick. Throws nothing. */
    interface Listener {

        /**
         * Something has ended, and the store that tells says so if it is asked.
         *
         * @param revocation by any node, this one too
         */
        void revoked(Revocation revocation);

        /**
         * Revocations may have been missed. The store that tells knows of them by now, or says that it can't be asked.
         */
        void missed();
    }
}
