package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.LoginRefusedException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps logins: sessions, and what refresh tokens stand for. There is no "save": only {@link #insert} creates a row, so
 * a write in flight while a login ends can't bring it back.
 *
 * <p>Thread-safe. Every method is atomic; it throws if it can't tell what became of it, and any exception other than
 * {@link LoginRefusedException} is taken as an outage. A row past {@link LoginRow#expiresAt()} may go at any time and
 * need not; a row before that never goes by itself. Times are the caller's, so that one clock decides.
 */
public interface LoginStore {

    /**
     * Adds a row, unless its subject has enough of them: of the same realm and not expired. However many try at once,
     * they are never one too many.
     *
     * @param row with an id that was never used before
     * @param most how many the subject may have with this one; {@link LoginLimit#UNLIMITED}, and then nothing needs to
     *     be counted
     * @param leaving rows that are not counted, because they end as soon as this one is in; the store leaves them as
     *     they are
     * @param now the instant of the decision
     * @return whether it is in
     * @throws LoginRefusedException if there is no room; no live row is dropped to make some
     */
    boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now);

    /**
     * Finds a row. Whoever keeps copies may give one of those; it must soon be told of changes, and what it rejects is
     * asked again of {@link #findAuthoritative}.
     *
     * @param id of 1 to 255 visible ASCII characters
     * @return empty if there is none as of this call; a row that has expired may still be found
     */
    Optional<LoginRow> find(LoginId id);

    /**
     * Finds a row as it is now, where {@link #find} may answer from a copy.
     *
     * @param id as for {@link #find}
     * @return no older than the call
     */
    default Optional<LoginRow> findAuthoritative(LoginId id) {
        return find(id);
    }

    /**
     * Puts a row in the place of another version of it. A later {@code lastSeenAt} that the store has stays.
     *
     * @param next the row from now on
     * @param version of the row that it replaces
     * @param now the instant of the decision
     * @return {@link Written#STALE} if the stored row has another version than {@code version}
     */
    Written replace(LoginRow next, long version, Instant now);

    /**
     * Notes that a login was used. Never moves it back, never changes the version.
     *
     * @param id of the login
     * @param seenAt when
     * @return {@link Written#DONE} or {@link Written#GONE}
     */
    Written touch(LoginId id, Instant seenAt);

    /**
     * Notes of many logins that they were used; those that are gone are passed over. Not one step: if it throws, some
     * of them may be noted.
     *
     * @param seenAt when each was used
     */
    default void touchAll(Map<LoginId, Instant> seenAt) {
        seenAt.forEach(this::touch);
    }

    /**
     * Deletes a row, whatever its version. Other nodes are not told: what ends a login revokes it first, and that they
     * are told.
     *
     * @param id of the login
     * @return {@link Written#DONE} or {@link Written#GONE}
     */
    Written delete(LoginId id);

    /**
     * Deletes many rows, as {@link #delete} does. Not one step: if it throws, some of them may be gone.
     *
     * @param ids of logins, there or not
     */
    default void deleteAll(Collection<LoginId> ids) {
        ids.forEach(this::delete);
    }

    /**
     * The rows of a subject in a realm. Finds every row whose {@link #insert} has returned and whose {@link #delete}
     * has not, and reads no row of another realm: there the subject may be shared by any number of visitors.
     *
     * @param realm of the rows
     * @param subject the user
     * @return in no particular order; expired ones may be among them
     */
    List<LoginRow> findBySubject(String realm, String subject);
}
