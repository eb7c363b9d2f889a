package dev.gateline.jdbc;

import static dev.gateline.internal.Micros.instant;
import static dev.gateline.internal.StoredText.bytes;

import dev.gateline.internal.Micros;
import dev.gateline.internal.StoredText;
import dev.gateline.store.Change;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.Revocation.Grain;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Revocations in a table, one row for each grain and key. */
final class JdbcRevocationStore implements RevocationStore {
    private static final int PAGE = 1000;
    private static final int MERGED_AT_ONCE = 200;
    private static final String IS_REVOKED =
            "SELECT 1 FROM gateline_revocation WHERE grain = 'TOKEN' AND revoked IN (?, ?)"
                    + " UNION ALL SELECT 1 FROM gateline_revocation WHERE grain = 'LOGIN' AND revoked = ?"
                    + " UNION ALL SELECT 1 FROM gateline_revocation WHERE grain = 'GROUP' AND revoked IN (?, ?, ?)"
                    + " AND epoch > ?";
    private static final String FIRST_EPOCH = "INSERT INTO gateline_epoch (id, highest) VALUES (1, ?)";
    private static final String EPOCH = "SELECT highest FROM gateline_epoch";
    private static final String AFTER =
            "SELECT revoked, epoch, keep_until FROM gateline_revocation WHERE grain = ? AND revoked > ?"
                    + " ORDER BY revoked";
    private static final Comparator<Revocation> BY_KEY = Comparator.comparing(
                    (Revocation it) -> it.grain().name())
            .thenComparing(it -> bytes(it.key()), Arrays::compareUnsigned);

    private final Database database;
    private final AnnouncedWrites announced;
    private final JdbcChangeFeed feed;
    private final Mark mark;

    JdbcRevocationStore(Database database, AnnouncedWrites announced, JdbcChangeFeed feed) {
        this.database = database;
        this.announced = announced;
        this.feed = feed;
        mark = new Mark(database);
    }

    /**
     * Raises the counter before it writes the row, so that the next epoch is greater even if this call fails in
     * between.
     */
    @Override
    public void revoke(Revocation revocation, Instant now) {
        if (revocation.epoch() > 0) {
            long unused = database.ask("revoke", session -> session.dialect().raiseEpoch(session, revocation.epoch()));
        }
        merge("revoke", revocation);
    }

    private void merge(String what, Revocation it) {
        announced.merge(what, new Change.OfRevocation(it), Dialect::mergeRevocation, values(it));
    }

    /** Writes in the order of the primary key. Two nodes that do so at once wait for each other, and don't deadlock. */
    @Override
    public void revokeAll(Collection<Revocation> revocations, Instant now) {
        if (revocations.isEmpty()) {
            return;
        }
        long highest = revocations.stream().mapToLong(Revocation::epoch).max().orElseThrow();
        List<Revocation> all = revocations.stream().sorted(BY_KEY).toList();
        if (announced.joinsStatements()) {
            if (highest > 0) {
                long unused =
                        database.ask("revoke many", session -> session.dialect().raiseEpoch(session, highest));
            }
            mergeAllAtOnce(withoutDuplicates(all));
            return;
        }
        List<Object[]> merges = all.stream().map(JdbcRevocationStore::values).toList();
        database.inTransaction("revoke many", session -> {
            // a batch has no guard of its own
            ServerId checked = session.server();
            if (highest > 0) {
                session.dialect().raiseEpoch(session, highest);
            }
            session.updateAll(session.dialect().mergeRevocation(), merges);
            return checked;
        });
        feed.publishAll(changes(all));
    }

    private void mergeAllAtOnce(List<Revocation> all) {
        for (int from = 0; from < all.size(); from += MERGED_AT_ONCE) {
            List<Revocation> some = all.subList(from, Math.min(from + MERGED_AT_ONCE, all.size()));
            announced.mergeAll(
                    "revoke many",
                    some.stream().map(JdbcRevocationStore::values).toList(),
                    changes(some));
        }
    }

    private static List<Change> changes(List<Revocation> all) {
        return all.stream().<Change>map(Change.OfRevocation::new).toList();
    }

    private static List<Revocation> withoutDuplicates(List<Revocation> sorted) {
        List<Revocation> merged = new ArrayList<>();
        for (Revocation each : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && BY_KEY.compare(merged.get(last), each) == 0) {
                merged.set(last, merged.get(last).mergedWith(each));
            } else {
                merged.add(each);
            }
        }
        return merged;
    }

    /** There is no transaction: if the second statement fails, an epoch is left out, which does no harm. */
    @Override
    public long raiseEpoch(String group, long above, Instant now, Instant until) {
        String what = "revoke all of a group";
        long epoch = database.ask(
                what, session -> session.dialect().raiseEpoch(session, Math.max(above + 1, clock(session))));
        merge(what, Revocation.ofGroup(group, epoch, until));
        return epoch;
    }

    @Override
    public void subscribe(Listener listener) {
        feed.subscribe(listener);
    }

    private static Object[] values(Revocation it) {
        return new Object[] {it.grain().name(), bytes(it.key()), it.epoch(), Micros.of(it.until())};
    }

    /**
     * If two nodes find no row, the primary key refuses one of them. That node tries again, and finds the other's row.
     * Both return the same epoch.
     */
    @Override
    public long epoch() {
        return database.ask("read the highest epoch", session -> {
            long highest = session.number(EPOCH);
            return highest > 0 ? highest : begin(session, clock(session));
        });
    }

    private static long begin(SqlConnection session, long epoch) throws SQLException {
        if (!session.changedOne(FIRST_EPOCH, epoch)) {
            throw new OddAnswer(FIRST_EPOCH);
        }
        return epoch;
    }

    /** The time in microseconds. A new store begins with it, and so above every epoch of an earlier store. */
    private static long clock(SqlConnection session) throws SQLException {
        return session.number("SELECT " + session.dialect().clock());
    }

    @Override
    public boolean isRevoked(Revocable it) {
        return database.ask(
                "look for revocations",
                session -> session.exists(
                        IS_REVOKED,
                        bytes(it.tokenId()),
                        bytes(it.tokensId()),
                        bytes(it.loginId()),
                        bytes(it.subjectKey()),
                        bytes(it.realm()),
                        bytes(ALL_REALMS),
                        it.epoch()));
    }

    /**
     * Reads all rows of the table, and ignores the node's clock: a node whose clock is ahead still learns what the
     * others hold. It reads pages, so that it holds neither a connection nor much memory while the caller takes them.
     */
    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        for (Grain grain : Grain.values()) {
            List<Revocation> page = page(grain, new byte[0]);
            page.forEach(action);
            while (page.size() == PAGE) {
                page = page(grain, last(page));
                page.forEach(action);
            }
        }
    }

    private static byte[] last(List<Revocation> page) {
        return page.stream()
                .map(it -> bytes(it.key()))
                .max(Arrays::compareUnsigned)
                .orElseThrow();
    }

    private List<Revocation> page(Grain grain, byte[] after) {
        return database.ask(
                "read the revocations",
                session -> session.query(
                        row -> new Revocation(
                                grain, StoredText.read(row.getBytes(1)), row.getLong(2), instant(row.getLong(3))),
                        AFTER + session.dialect().first(PAGE),
                        grain.name(),
                        after));
    }

    @Override
    public Standing standing() {
        return mark.standing();
    }

    @Override
    public Standing mark(Instant last) {
        return mark.leave(last);
    }

    @Override
    public Optional<Standing> vouch(Standing seen) {
        return mark.vouch(seen);
    }
}
