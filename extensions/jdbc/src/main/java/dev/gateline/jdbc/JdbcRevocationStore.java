package dev.gateline.jdbc;

import static dev.gateline.jdbc.Columns.bytes;
import static dev.gateline.jdbc.Columns.instant;
import static dev.gateline.jdbc.Columns.micros;

import dev.gateline.spi.Revocation;
import dev.gateline.spi.Revocation.Grain;
import dev.gateline.spi.RevocationStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Revocations in a table, one row for each grain and key. */
final class JdbcRevocationStore implements RevocationStore {
    private static final int PAGE = 1000;
    private static final String ENDED = "the number of revocations";
    private static final String IS_REVOKED = "SELECT '" + ENDED + "', COUNT(*) FROM ("
            + "SELECT epoch FROM gateline_revocation WHERE grain = 'TOKEN' AND revoked = ?"
            + " UNION ALL SELECT epoch FROM gateline_revocation WHERE grain = 'LOGIN' AND revoked = ?"
            + " UNION ALL SELECT epoch FROM gateline_revocation WHERE grain = 'SUBJECT' AND revoked = ? AND epoch > ?"
            + ") ended";
    private static final String HIGHEST = "the highest epoch";
    private static final String EPOCH =
            Session.asking(HIGHEST, "COALESCE(MAX(highest), 0)", "gateline_epoch", "id = 1");
    private static final String LIVE = "a page of revocations";
    private static final String AFTER =
            "SELECT revoked, epoch, keep_until FROM gateline_revocation WHERE grain = ? AND revoked > ? ORDER BY revoked";

    private final Database database;

    JdbcRevocationStore(Database database) {
        this.database = database;
    }

    /** The number of a subject is raised in the counter first, so that the next one is greater whatever happens in between. */
    @Override
    public void revoke(Revocation revocation, Instant now) {
        database.ask("revoke", session -> {
            if (revocation.epoch() > 0) {
                session.dialect().raiseEpoch(session, revocation.epoch());
            }
            return merge(session, revocation);
        });
    }

    /** If the second statement fails, a number is left out, and no harm is done: so there is no transaction. */
    @Override
    public long raiseEpoch(String subject, Instant now, Instant until) {
        return database.ask("revoke all of a subject", session -> {
            long epoch = session.dialect().raiseEpoch(session, micros(now));
            merge(session, new Revocation(Grain.SUBJECT, subject, epoch, until));
            return epoch;
        });
    }

    private static int merge(Session session, Revocation it) throws SQLException {
        return session.changed(
                session.dialect().mergeRevocation(),
                it.grain().name(),
                bytes(it.key()),
                it.epoch(),
                micros(it.until()));
    }

    @Override
    public long epoch() {
        return database.ask("read the highest epoch", session -> session.count(HIGHEST, EPOCH));
    }

    @Override
    public boolean isRevoked(Revocable it) {
        return database.ask(
                "look for revocations",
                session -> session.count(
                                ENDED,
                                IS_REVOKED,
                                bytes(it.tokenId()),
                                bytes(it.loginId()),
                                bytes(it.subjectKey()),
                                it.epoch())
                        != 0);
    }

    /**
     * All that the table has, whatever the node's clock says: a node whose clock is ahead still learns what the others hold.
     * In pages, so that neither a connection nor much memory is held while they are taken.
     */
    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        for (Grain grain : Grain.values()) {
            List<Revocation> page = page(grain, "");
            page.forEach(action);
            while (page.size() == PAGE) {
                page = page(grain, page.get(PAGE - 1).key());
                page.forEach(action);
            }
        }
    }

    private List<Revocation> page(Grain grain, String after) {
        return database.ask(
                "read the revocations",
                session -> session.answers(
                        LIVE,
                        row -> new Revocation(
                                grain, Columns.text(row.getBytes(2)), row.getLong(3), instant(row.getLong(4))),
                        livePage(session),
                        grain.name(),
                        bytes(after)));
    }

    private static String livePage(Session session) {
        String page = '(' + AFTER + session.dialect().first(PAGE) + ") live";
        return Session.asking(LIVE, "revoked, epoch, keep_until", page, "1 = 1") + " ORDER BY revoked";
    }
}
