package dev.gateline.spi;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What has ended although a signature, or a row that a failed-over store brought back, still says otherwise. An entry
 * lives at least until the last token that it covers is dead and is never dropped to make room: a store that can't take
 * one more throws.
 *
 * <p>Thread-safe. A method that returns has made it durable; any exception is taken as an outage.
 */
public interface RevocationStore {

    /**
     * Ends something, or takes in what another node knows to have ended.
     *
     * @param revocation merges with one of the same grain and key
     * @param now the instant of the decision
     */
    void revoke(Revocation revocation, Instant now);

    /**
     * Ends all that a subject has: tokens carry the epoch in which their login started, and those of an earlier one are
     * dead.
     *
     * @param subject the user, with the realm before the name: 1 to 300 characters
     * @param now the instant of the decision
     * @param until as in {@link Revocation#until()}
     * @return the new epoch, greater than all before, also than those long forgotten
     */
    long raiseEpoch(String subject, Instant now, Instant until);

    /**
     * The epoch in which a login that starts now belongs. So nothing that was ended before, wherever that is still
     * remembered and wherever it is not, is taken for an ending of this login.
     *
     * @return no less than any that was ever given, to whichever subject; 0 if none was
     */
    long epoch();

    /**
     * Whether it has ended, at any grain. Whoever keeps copies may answer from those, and must soon be told of changes.
     *
     * @param revocable proven, but for this
     */
    boolean isRevoked(Revocable revocable);

    /** The store itself, if this one answers from copies: what it says is no older than the question. */
    default RevocationStore authoritative() {
        return this;
    }

    /**
     * Reads all that are live, so that a node can hold them in memory. An entry that is added meanwhile may be missing.
     *
     * @param now the instant of the decision
     * @param action takes each, in no particular order; once or twice; dead ones may be among them
     */
    void forEachLive(Instant now, Consumer<Revocation> action);

    /**
     * What could have been ended: a token or a login. Thread-safe.
     */
    final class Revocable {
        private final String realm;
        private final String tokenId;
        private final String loginId;
        private final String subject;
        private final long epoch;
        private @Nullable String subjectKey;

        /**
         * Something to look for.
         *
         * @param realm of the login
         * @param tokenId its {@code jti}; empty for a login itself
         * @param loginId the login that it belongs to
         * @param subject whose it is
         * @param epoch the subject's when the login started
         */
        public Revocable(String realm, String tokenId, String loginId, String subject, long epoch) {
            this.realm = realm;
            this.tokenId = tokenId;
            this.loginId = loginId;
            this.subject = subject;
            this.epoch = epoch;
        }

        /** Its {@code jti}; empty for a login itself. */
        public String tokenId() {
            return tokenId;
        }

        /** The login that it belongs to. */
        public String loginId() {
            return loginId;
        }

        /** The subject's epoch when the login started. */
        public long epoch() {
            return epoch;
        }

        /** The subject as given to {@link #raiseEpoch}. Each realm counts its own, because each remembers for a time of its own. */
        public String subjectKey() {
            String known = subjectKey;
            if (known == null) {
                known = subjectKey(realm, subject);
                subjectKey = known;
            }
            return known;
        }

        static String subjectKey(String realm, String subject) {
            return realm + ' ' + subject;
        }
    }
}
