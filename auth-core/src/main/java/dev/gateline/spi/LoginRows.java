package dev.gateline.spi;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.LoginRefusedException;
import dev.gateline.spi.RevocationStore.Revocable;
import dev.gateline.spi.Tickets.Issue;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * The rows of one kind of ticket in a store, and what has been revoked of them. Whatever a store throws is an outage.
 * Thread-safe; holds no lock, and no state but notes of use.
 */
final class LoginRows implements AutoCloseable {
    /** How often a store may say that there is no room, and list no login that takes it. */
    private static final int PATIENCE = 10;

    private final TicketPolicy policy;
    private final LoginStore store;
    private final RevocationStore revocations;
    private final Reporter reporter;
    private final SeenNotes seen;

    LoginRows(TicketPolicy policy, Storage storage, Reporter reporter) {
        this.policy = policy;
        this.reporter = reporter;
        store = storage.logins();
        revocations = storage.revocations();
        seen = new SeenNotes(store, reporter);
    }

    /**
     * Ending all logins of a subject raises the epoch first and then deletes the rows of earlier ones. So if the row is not
     * of an earlier one once it is in, whoever raises the epoch later will find it.
     *
     * @param first makes the row and its ticket, given the epoch; asked again for others if something comes between
     */
    Issue admit(String subject, LongFunction<Issue> first, Instant now) {
        int inVain = 0;
        for (int i = 0; i < Tickets.ATTEMPTS; i++) {
            Issue issue = first.apply(revocations.epoch());
            LoginRow row = issue.row();
            boolean in = orElse(() -> store.insert(row, policy.limit().most(), now), () -> store.delete(row.id()));
            if (!in) {
                inVain = makeRoom(subject, now) ? 0 : inVain + 1;
                if (inVain == PATIENCE) {
                    throw new AuthUnavailableException("the store counts logins of the subject that it can't find");
                }
                continue;
            }
            boolean ended =
                    orElse(() -> revocations.authoritative().isRevoked(row.revocable()), () -> store.delete(row.id()));
            if (!ended) {
                return issue;
            }
            store.delete(row.id());
        }
        throw new AuthUnavailableException("the subject's logins changed " + Tickets.ATTEMPTS + " times meanwhile");
    }

    /**
     * What has ended already goes first; then whichever the limit says. The store has the last word on whether it fits.
     *
     * @return whether there was anything to end: if not, another node's login is just starting or ending
     */
    private boolean makeRoom(String subject, Instant now) {
        List<LoginRow> rows =
                of(subject).stream().filter(row -> row.isLiveAt(now)).toList();
        List<LoginRow> dead =
                rows.stream().filter(row -> isRevoked(row.revocable())).toList();
        dead.forEach(row -> store.delete(row.id()));
        if (!dead.isEmpty() || rows.size() < policy.limit().most()) {
            return !dead.isEmpty();
        }
        reporter.tell(new AuthEvent.LimitReached(now, subject));
        Comparator<LoginRow> first = switch (policy.limit().atLimit()) {
            case REFUSE ->
                throw new LoginRefusedException("the user has " + rows.size() + " logins, as many as a user may have");
            case END_OLDEST -> Comparator.comparing(row -> row.state().startedAt());
            case END_LEAST_RECENTLY_SEEN -> Comparator.comparing(LoginRow::lastSeenAt);
        };
        LoginId victim = Collections.min(
                        rows, first.thenComparing(row -> row.id().value()))
                .id();
        end(victim, now);
        reporter.tell(new AuthEvent.Ended(now, victim));
        return true;
    }

    /** All rows of the subject, expired ones among them. */
    List<LoginRow> of(String subject) {
        Map<LoginId, Instant> noted = seen.all();
        return reporter
                .ask("list logins", () -> {
                    List<LoginRow> found = store.findBySubject(subject);
                    found.forEach(row -> check(row.subject().equals(subject)));
                    return found;
                })
                .stream()
                .filter(this::isOurs)
                .map(row -> row.seen(noted.getOrDefault(row.id(), Instant.MIN)))
                .toList();
    }

    /**
     * Revokes first, so that all that was signed for it is dead before the row is gone. Should the row stay, because either
     * fails, the revocation must outlive it.
     *
     * @return whether there was a row
     */
    boolean end(LoginId id, Instant now) {
        return reporter.ask("end a login", () -> {
            Optional<LoginRow> found = store.findNewest(id);
            found.ifPresent(row -> check(row.id().equals(id)));
            if (found.isEmpty() || isOurs(found.get())) {
                Instant latest =
                        found.map(LoginRow::lastSeenAt).filter(now::isBefore).orElse(now);
                orElse(
                        () -> {
                            revoke(id, latest.plus(policy.endedFor()), now);
                            return store.delete(id);
                        },
                        () -> revoke(id, latest.plus(policy.endedForGood()), now));
            }
            return found.filter(this::isOurs).isPresent();
        });
    }

    /** Ends whatever logins of this kind the subject has, those among them that the store fails to list; says nothing about it. */
    void endAll(String subject, Instant now) {
        reporter.ask("end all logins", () -> {
            String key = Revocable.subjectKey(policy.realm(), subject);
            long epoch = revocations.raiseEpoch(key, now, now.plus(policy.endedForGood()));
            return of(subject).stream()
                    .filter(row -> row.state().epoch() < epoch)
                    .map(row -> store.delete(row.id()))
                    .toList();
        });
    }

    private void revoke(LoginId id, Instant until, Instant now) {
        revocations.revoke(Revocation.ofLogin(id, until), now);
    }

    boolean isRevoked(Revocable it) {
        return isRevoked(it, revocations);
    }

    boolean isRevokedByNow(Revocable it) {
        return isRevoked(it, revocations.authoritative());
    }

    private boolean isRevoked(Revocable it, RevocationStore where) {
        try {
            return where.isRevoked(it);
        } catch (RuntimeException e) {
            throw reporter.failure("look for a revocation", e);
        }
    }

    private static void check(boolean isWhatWasAskedFor) {
        if (!isWhatWasAskedFor) {
            throw new IllegalStateException("the store has answered with somebody else's row");
        }
    }

    private boolean isOurs(LoginRow row) {
        return row.realm().equals(policy.realm());
    }

    /** Expired or ended ones too; maybe from a copy, unless it is empty. */
    Optional<LoginRow> find(LoginId id) {
        return find(id, false);
    }

    Optional<LoginRow> findNewest(LoginId id) {
        return find(id, true);
    }

    private Optional<LoginRow> find(LoginId id, boolean newest) {
        Instant noted = seen.of(id);
        try {
            Optional<LoginRow> found = newest ? store.findNewest(id) : store.find(id);
            if (found.isEmpty()) {
                return found;
            }
            LoginRow row = found.get();
            check(row.id().equals(id));
            if (!isOurs(row)) {
                return newest ? Optional.empty() : findNewest(id);
            }
            return row.lastSeenAt().isBefore(noted) ? Optional.of(row.seen(noted)) : found;
        } catch (RuntimeException e) {
            throw reporter.failure("find a login", e);
        }
    }

    Written replace(LoginRow next, Instant now) {
        return reporter.ask("renew a login", () -> store.replace(next, now));
    }

    /** Replaces a row by one of which nobody has the ticket until this returns; so if it fails, the row is what it was. */
    Written replaceOrRestore(LoginRow row, LoginRow next, Instant now) {
        return orElse(
                () -> replace(next, now),
                () -> store.findNewest(next.id())
                        .filter(found -> found.version() == next.version())
                        .filter(found -> found.state().equals(next.state()))
                        .ifPresent(found -> store.replace(found.next(row.state(), row.lastSeenAt()), now)));
    }

    Written touch(LoginRow row, Instant now) {
        return reporter.ask("note the use of a login", () -> store.touch(row.id(), now));
    }

    /** As if it had never been. */
    void takeBack(LoginId id) {
        store.delete(id);
    }

    /** Notes a use; it is written down behind the request. */
    void note(LoginId id, Instant seenAt) {
        seen.note(id, seenAt);
    }

    /** Does something; should that fail, does something else as well as it can, and fails all the same. */
    static <T> T orElse(Supplier<T> action, Runnable rescue) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            try {
                rescue.run();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Writes down what uses are not yet. */
    @Override
    public void close() {
        seen.close();
    }
}
