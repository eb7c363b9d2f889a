package dev.gateline.engine;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.ClientInfo;
import dev.gateline.EndReason;
import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.internal.Undo;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Revocable;
import dev.gateline.store.Storage;
import dev.gateline.store.TicketState;
import dev.gateline.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads, writes and ends the rows of one kind of ticket in a store, with their revocations. Every exception of the
 * store is an outage. Thread-safe; holds no lock and no state except notes of use.
 */
final class LoginRows implements AutoCloseable {
    /** How often a store may say that there is no room without listing a login that could make room. */
    private static final int PATIENCE = 10;

    private final TicketPolicy policy;
    private final Storage storage;
    private final LoginStore store;
    private final LoginRevocations revocations;
    private final Reporter reporter;

    /** The notes of each part of the storage, so that a part that fails delays no note of another one. */
    private final IdentityHashMap<Storage, LastUses> lastUses = new IdentityHashMap<>();

    /** Makes the row and the ticket of a login that starts. */
    interface FirstTicket {
        IssuedTicket issue(LoginId id, long epoch);
    }

    LoginRows(TicketPolicy policy, Storage storage, Reporter reporter) {
        this(policy, storage, LastUses.LONGEST_WAIT, reporter);
    }

    /**
     * Begins without notes of use.
     *
     * @param longestWait the longest time that a note of a use waits for others
     */
    LoginRows(TicketPolicy policy, Storage storage, Duration longestWait, Reporter reporter) {
        this.policy = policy;
        this.reporter = reporter;
        this.storage = storage;
        store = storage.logins();
        revocations = new LoginRevocations(policy, storage);
        storage.parts()
                .forEach(part ->
                        lastUses.put(part, new LastUses(part.logins(), policy.seenInterval(), longestWait, reporter)));
    }

    /**
     * Stores the row of a new login. The ending of all logins of a subject raises the epoch first and then deletes the
     * rows of earlier epochs. A login that begins after such an ending reads the new epoch. A login that overlaps with
     * it may have read the epoch before; it begins again if this node has heard of the ending by now, and has ended
     * otherwise, as if it had come first. A login that makes room for this one is not counted from now on, and ends
     * after this login has been made.
     *
     * @param replaced a login of this kind, whose place the new login takes
     * @param first called again if another change comes first
     */
    Admission admit(String subject, Optional<OwnedLogin> replaced, FirstTicket first, Instant now) {
        Map<LoginId, Leaving> leaving = new LinkedHashMap<>();
        replaced.ifPresent(it -> leaving.put(it.id(), new Leaving(it.subject(), EndReason.REPLACED)));
        int inVain = 0;
        for (int i = 0; i < Retry.ATTEMPTS; i++) {
            LoginId id = storage.newLoginId(policy.realm(), subject);
            IssuedTicket issue = first.issue(id, revocations.epoch(id));
            LoginRow row = issue.row();
            boolean in = Undo.onFailure(
                    () -> store.insert(row, policy.limit().most(), leaving.keySet(), now),
                    () -> store.delete(row.id()));
            if (!in) {
                inVain = makeRoom(subject, leaving, now) ? 0 : inVain + 1;
                if (inVain == PATIENCE) {
                    throw new AuthUnavailableException("the store counts logins of the subject that it can't find");
                }
                waitForOthers(inVain);
                continue;
            }
            boolean ended = Undo.onFailure(
                    () -> revocations.isRevoked(row.revocable(), Reach.COPY), () -> store.delete(row.id()));
            if (!ended) {
                return new Admission(issue, leaving);
            }
            store.delete(row.id());
        }
        throw new AuthUnavailableException("the subject's logins changed " + Retry.ATTEMPTS + " times meanwhile");
    }

    /**
     * Waits for half a second in all calls together. A store that writes in two steps counts a login a moment before it
     * lists the login.
     */
    private static void waitForOthers(int inVain) {
        if (inVain > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1L << Math.min(inVain, 7)));
        }
    }

    /**
     * Makes room for a new login. It deletes logins that have ended already, or else chooses as many live logins as the
     * limit demands. The store decides finally whether the new login fits.
     *
     * @param leaving gets the logins that have to end
     * @return whether a login was found that makes room; if not, another node is just starting or ending a login
     */
    private boolean makeRoom(String subject, Map<LoginId, Leaving> leaving, Instant now) {
        List<LoginRow> rows = of(subject).stream()
                .filter(row -> row.isLiveAt(now) && !leaving.containsKey(row.id()))
                .toList();
        List<LoginId> dead = rows.stream()
                .filter(row -> isRevoked(row.revocable(), Reach.COPY))
                .map(LoginRow::id)
                .toList();
        store.deleteAll(dead);
        int tooMany = rows.size() - policy.limit().most() + 1;
        if (!dead.isEmpty() || tooMany <= 0) {
            return !dead.isEmpty();
        }
        reporter.tell(new AuthEvent.LimitReached(now, ClientInfo.current(), policy.realm(), subject));
        Comparator<LoginRow> first = switch (policy.limit().atLimit()) {
            case REFUSE ->
                throw new LoginRefusedException("the user has " + rows.size() + " logins, as many as a user may have");
            case END_OLDEST -> Comparator.comparing(row -> row.state().startedAt());
            case END_LEAST_RECENTLY_SEEN -> Comparator.comparing(LoginRow::lastSeenAt);
        };
        rows.stream()
                .sorted(first.thenComparing(row -> row.id().value()))
                .limit(tooMany)
                .map(LoginRow::id)
                .forEach(id -> leaving.put(id, new Leaving(subject, EndReason.LIMIT)));
        return true;
    }

    /** All rows of the subject, also expired ones. */
    List<LoginRow> of(String subject) {
        Map<LoginId, Instant> noted = new HashMap<>();
        lastUses.values().forEach(notes -> noted.putAll(notes.all()));
        return reporter
                .orUnavailable("list logins", () -> {
                    List<LoginRow> found = store.findBySubject(policy.realm(), subject);
                    found.forEach(row -> check(isOurs(row) && row.subject().equals(subject)));
                    return found;
                })
                .stream()
                .map(row -> row.seen(noted.getOrDefault(row.id(), Instant.MIN)))
                .toList();
    }

    /**
     * Ends a login of this kind. It revokes first, so that all tokens of the login are dead before the row is gone. If
     * the row stays, because either step fails, the revocation must outlive it.
     */
    void end(LoginId id, EndReason reason, Instant now) {
        Written unused = reporter.orUnavailable(
                "end a login",
                () -> Undo.onFailure(
                        () -> {
                            revocations.end(id, reason, now);
                            return store.delete(id);
                        },
                        () -> revocations.endForGood(Map.of(id, reason), now)));
    }

    /**
     * Ends a login of any user.
     *
     * @return its row, if there was one of this kind
     */
    Optional<LoginRow> findAndEnd(LoginId id, Instant now) {
        Optional<LoginRow> found = reporter.orUnavailable("find a login", () -> {
            Optional<LoginRow> there = store.findAuthoritative(id);
            there.ifPresent(row -> check(row.id().equals(id)));
            return there;
        });
        if (found.isEmpty() || isOurs(found.get())) {
            end(id, EndReason.ENDED, now);
        }
        return found.filter(this::isOurs);
    }

    /**
     * Ends all logins that make room for a stored login, or none. A row that stays does no harm if its revocation
     * outlives it.
     */
    void end(Map<LoginId, Leaving> leaving, Instant now) {
        if (leaving.isEmpty()) {
            return;
        }
        Map<LoginId, EndReason> reasons = new LinkedHashMap<>();
        leaving.forEach((id, why) -> reasons.put(id, why.reason()));
        reporter.orUnavailable("end the login that another one replaces", () -> {
            revocations.endAll(reasons, now);
            try {
                store.deleteAll(leaving.keySet());
            } catch (RuntimeException e) {
                revocations.endForGood(reasons, now);
            }
            return leaving;
        });
        leaving.forEach((id, why) -> reporter.tell(ended(id, why.subject(), why.reason(), now)));
    }

    /**
     * Ends all logins of this kind of the subject, also those that the store fails to list. The new epoch is above the
     * epoch of each listed login, because the store may have lost the highest epoch.
     */
    void endAll(String subject, Instant now) {
        reporter.orUnavailable("end all logins", () -> {
            long above = of(subject).stream()
                    .mapToLong(row -> row.state().epoch())
                    .max()
                    .orElse(0);
            long epoch = revocations.endSubject(subject, above, now);
            List<LoginId> ended = of(subject).stream()
                    .filter(row -> row.state().epoch() < epoch)
                    .map(LoginRow::id)
                    .toList();
            store.deleteAll(ended);
            return ended;
        });
    }

    /** Ends all logins of this kind by one write. Their rows don't count any more, and are deleted when they expire. */
    void endEverybody(Instant now) {
        Instant unused = reporter.orUnavailable("end everybody's logins", () -> {
            revocations.endEverybody(now);
            return now;
        });
    }

    /** The event for a login that has ended. */
    AuthEvent.Ended ended(LoginId id, String subject, EndReason reason, Instant now) {
        return new AuthEvent.Ended(now, ClientInfo.current(), policy.realm(), id, subject, reason);
    }

    String realm() {
        return policy.realm();
    }

    boolean isRevoked(Revocable it, Reach reach) {
        try {
            return revocations.isRevoked(it, reach);
        } catch (RuntimeException e) {
            throw reporter.failure("look for a revocation", e);
        }
    }

    private static void check(boolean isWhatWasAskedFor) {
        if (!isWhatWasAskedFor) {
            throw new IllegalStateException("the store has answered with the row of another login");
        }
    }

    private boolean isOurs(LoginRow row) {
        return row.realm().equals(policy.realm());
    }

    /**
     * Finds a row, which may have expired or ended. If a copy is missing or belongs to another kind, the store itself
     * is asked.
     */
    Optional<LoginRow> find(LoginId id, Reach reach) {
        Instant noted = lastUses(id).of(id);
        try {
            Optional<LoginRow> found = reach.find(store, id);
            if (found.isEmpty()) {
                return found;
            }
            LoginRow row = found.get();
            check(row.id().equals(id));
            if (!isOurs(row)) {
                return reach == Reach.COPY ? find(id, Reach.STORE) : Optional.empty();
            }
            return row.lastSeenAt().isBefore(noted) ? Optional.of(row.seen(noted)) : found;
        } catch (RuntimeException e) {
            throw reporter.failure("find a login", e);
        }
    }

    Written replace(LoginRow next, long version, Instant now) {
        return reporter.orUnavailable("renew a login", () -> store.replace(next, version, now));
    }

    /**
     * Replaces a row at a step-up, and ends the proofs and the tokens from before. Nobody has the new ticket until this
     * returns. If the call fails, it restores the row; the tokens may have ended.
     */
    Written stepUp(LoginRow row, LoginRow next, Instant now) {
        return Undo.onFailure(
                () -> {
                    Written written = replace(next, row.version(), now);
                    if (written == Written.DONE) {
                        TicketState before = row.state().ticket();
                        LoginRow unused = reporter.orUnavailable("end the credentials from before a step-up", () -> {
                            revocations.endTokensBefore(next, before, now);
                            return next;
                        });
                    }
                    return written;
                },
                () -> {
                    LoginState before = row.state().with(row.state().ticket().withStepUpUndone());
                    Written unused = store.replace(next.next(before, row.lastSeenAt()), next.version(), now);
                });
    }

    /** Revokes a token of a login of this kind. */
    void endToken(LoginId id, String tokenId, Instant until, Instant now) {
        LoginId unused = reporter.orUnavailable("revoke a token", () -> {
            revocations.endToken(id, tokenId, until, now);
            return id;
        });
    }

    /** Deletes the row of a login that could not start. */
    void takeBack(LoginId id) {
        store.delete(id);
    }

    /**
     * Notes a use, which is written after the request. After half of the idle timeout it is written at once, so that no
     * other node takes a user who has just come back for idle.
     *
     * @param row the row as it was before the use
     */
    void note(LoginRow row, Instant now) {
        Instant half = row.lastSeenAt().plus(row.state().idleTimeout().dividedBy(2));
        lastUses(row.id()).note(row.id(), now, !now.isBefore(half));
    }

    private LastUses lastUses(LoginId id) {
        return Objects.requireNonNull(lastUses.get(storage.partOf(id)), "one of the parts");
    }

    /** Whether a note of a login waits for the thread that writes notes. After {@link #close} there is no thread. */
    boolean hasNote(LoginId id) {
        LastUses notes = lastUses(id);
        return !notes.isClosed() && !notes.of(id).equals(Instant.MIN);
    }

    /** Whether {@link #note} of a login waits for the store. */
    boolean isClosed(LoginId id) {
        return lastUses(id).isClosed();
    }

    /** Writes the uses that are not written yet. */
    @Override
    public void close() {
        lastUses.values().forEach(LastUses::close);
    }
}
