package dev.gateline.store;

import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.LoginRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the rows of sessions and of logins with refresh tokens. There is no "save": only {@link #insert} creates a row,
 * so a late write can't bring back a login that has ended.
 *
 * <p>Thread-safe. Every method is atomic. It throws if its result is unknown, and every exception except {@link
 * LoginRefusedException} counts as an outage. The store may delete a row after {@link LoginRow#expiresAt()}, at any
 * time or never. It never deletes a row before that by itself. Times come from the caller, so that one clock decides.
 */
public interface LoginStore {

    /**
     * Adds a row, unless its subject has enough rows of the same realm that have not expired. The limit is exact, even
     * for parallel calls.
     *
     * @param row the row, with an id by {@link Storage#newLoginId}
     * @param most the number of rows that the subject may have, this one included; with {@link LoginLimit#UNLIMITED}
     *     the store need not count
     * @param leaving rows that are not counted, because they end after this one is stored; the store does not change
     *     them
     * @param now the instant of the decision
     * @return whether the row was added
     * @throws LoginRefusedException if there is no room; no live row is dropped to make room
     */
    boolean insert(LoginRow row, int most, Set<LoginId> leaving, Instant now);

    /**
     * Finds a row. A store that keeps copies may return one of them. It must soon hear of changes, and a rejection that
     * is based on a copy is checked again by {@link #findAuthoritative}.
     *
     * @param id an id of 1 to 255 visible ASCII characters
     * @return empty if there is no such row as of this call; an expired row may still be found
     */
    Optional<LoginRow> find(LoginId id);

    /**
     * Finds a row as it is now, where {@link #find} may answer from a copy.
     *
     * @param id as for {@link #find}
     * @return the row, which is no older than the call
     */
    default Optional<LoginRow> findAuthoritative(LoginId id) {
        return find(id);
    }

    /**
     * Finds a row without waiting, for event loops: it does no I/O, and holds no lock that is held during I/O.
     *
     * @param id as for {@link #find}
     * @return a row that {@link #find} would return now; empty, which is the default, if this node does not know
     */
    default Optional<LoginRow> findInMemory(LoginId id) {
        return Optional.empty();
    }

    /**
     * Replaces a version of a row. If the stored {@code lastSeenAt} is later, it stays.
     *
     * @param next the new version of the row
     * @param version the version that it replaces
     * @param now the instant of the decision
     * @return {@link Written#STALE} if the stored row has another version than {@code version}
     */
    Written replace(LoginRow next, long version, Instant now);

    /**
     * Notes a use of a login. It never moves the time of the last use back, and never changes the version.
     *
     * @param id the id of the login
     * @param seenAt the time of the use
     * @return {@link Written#DONE} or {@link Written#GONE}
     */
    Written touch(LoginId id, Instant seenAt);

    /**
     * Notes uses of many logins, except those that another use makes superfluous: a use is not written if the stored
     * row {@linkplain LoginRow#isNotedWithin(Duration, Instant) is noted} within the interval. Thus many nodes together
     * write once in an interval. Calls that overlap may each write. It skips logins that are gone. This is not atomic:
     * if it throws, some uses may be noted. {@link LoginRow#isNotedWithin(Duration, Duration, Duration)} is the rule
     * for a store that reads a part of each row.
     *
     * @param seenAt the time of use for each login
     * @param interval the interval in which one note is enough; with zero the store writes each later use
     * @return the stored last use of each login that is there, or an earlier one that was stored during the call
     */
    default Map<LoginId, Instant> touchAll(Map<LoginId, Instant> seenAt, Duration interval) {
        Map<LoginId, Instant> stored = new HashMap<>();
        seenAt.forEach((id, at) -> findAuthoritative(id).ifPresent(row -> {
            boolean noted = row.isNotedWithin(interval, at);
            if (noted || touch(id, at) == Written.DONE) {
                stored.put(id, noted ? row.lastSeenAt() : at);
            }
        }));
        return stored;
    }

    /**
     * Deletes a row of any version. Other nodes are not told, because an ending revokes the login first, and they hear
     * of the revocation.
     *
     * @param id the id of the login
     * @return {@link Written#DONE} or {@link Written#GONE}
     */
    Written delete(LoginId id);

    /**
     * Deletes many rows, as {@link #delete} does. This is not atomic: if it throws, some rows may be gone.
     *
     * @param ids ids of logins, with or without a row
     */
    default void deleteAll(Collection<LoginId> ids) {
        ids.forEach(this::delete);
    }

    /**
     * Finds the rows of a subject in a realm: every row whose {@link #insert} has returned and whose {@link #delete}
     * has not. It reads no row of another realm, because there any number of visitors may share the subject.
     *
     * @param realm the realm of the rows
     * @param subject the user
     * @return the rows in no particular order; expired ones may be among them
     */
    List<LoginRow> findBySubject(String realm, String subject);
}
