package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.jdbc.ChangeLog.Entry;
import dev.gateline.jdbc.LogReader.Rewound;
import dev.gateline.jdbc.LogReader.Round;
import dev.gateline.store.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers that are never used, or late. */
class LogReaderTest {
    private final List<Entry> heard = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong(System.nanoTime());

    private LogReader reader(Place place, CountingSource source) {
        place.empty();
        Database database = new Database(source.source(), false);
        ChangeLog log = new ChangeLog(database);
        database.feedServer().moveTo(log.newestSettled().server());
        return new LogReader(log, database.feedServer(), "", Entry.BEFORE_ALL, clock::get);
    }

    /** Publishes changes, and leaves every second number out. */
    private static void publishEverySecond(Place place, int changes) {
        List<Change> all = IntStream.range(0, 2 * changes)
                .<Change>mapToObj(i -> new Change.OfRow(new LoginId("login-" + i)))
                .toList();
        long before = place.number("SELECT COALESCE(MAX(id), 0) FROM gateline_change");
        place.storage().feed().publishAll(all);
        place.run("DELETE FROM gateline_change WHERE id > " + before + " AND MOD(id, 2) = 0");
    }

    private static void insertLate(TestDatabase database, long id) {
        String overriding = database == TestDatabase.POSTGRESQL ? " OVERRIDING SYSTEM VALUE" : "";
        String what = database == TestDatabase.POSTGRESQL ? "'\\x52'" : "X'52'";
        database.place()
                .run("INSERT INTO gateline_change (id, what, published_at)" + overriding + " VALUES (" + id + ", "
                        + what + ", 0)");
    }

    /** Each round begins a tenth of a second after the one before. */
    private Round round(LogReader reader) {
        clock.addAndGet(Duration.ofMillis(100).toNanos());
        return reader.read(heard::add);
    }

    /** Rounds until one of them has looked into all holes. */
    private Round completeRound(LogReader reader) {
        Round round = round(reader);
        while (!round.complete() && round.sameLog()) {
            round = round(reader);
        }
        return round;
    }

    private long lowestHole() {
        return heard.stream().mapToLong(Entry::id).min().orElseThrow() + 1;
    }

    @ParameterizedTest
    @EnumSource
    void read_everySecondNumberIsNeverUsed_readsNoEntryAgain(TestDatabase database) {
        CountingSource source = new CountingSource(database.place().pool());
        LogReader reader = reader(database.place(), source);
        publishEverySecond(database.place(), 1_500);
        completeRound(reader);
        assertThat(heard).hasSize(1_500).doesNotHaveDuplicates();

        long before = source.rows();
        publishEverySecond(database.place(), 10);
        Round round = completeRound(reader);

        assertThat(round.sameLog()).isTrue();
        assertThat(heard).hasSize(1_510).doesNotHaveDuplicates();
        // at most two rows of a page and of the newest holes for each round, and a row for each 256 numbers
        assertThat(source.rows() - before).isLessThan(1_500);
        before = source.rows();
        completeRound(reader);
        round(reader);
        assertThat(source.rows() - before).isLessThan(1_500);
    }

    @ParameterizedTest
    @EnumSource
    void read_lateEntryAmongTheNewestHoles_isDeliveredInTheNextRound(TestDatabase database) {
        LogReader reader =
                reader(database.place(), new CountingSource(database.place().pool()));
        publishEverySecond(database.place(), 10);
        completeRound(reader);
        long late = lowestHole();

        insertLate(database, late);

        assertThat(round(reader).complete()).isTrue();
        assertThat(heard).hasSize(11).last().extracting(Entry::id).isEqualTo(late);
    }

    @ParameterizedTest
    @EnumSource
    void read_lateEntryInAnOlderHole_isDeliveredBeforeTheNextProof(TestDatabase database) {
        LogReader reader =
                reader(database.place(), new CountingSource(database.place().pool()));
        publishEverySecond(database.place(), 800);
        completeRound(reader);
        long late = lowestHole();

        insertLate(database, late);
        completeRound(reader);

        assertThat(heard).hasSize(801).last().extracting(Entry::id).isEqualTo(late);
    }

    /** A publisher gives up long before, but a node that stands still in a round can't tell. */
    @ParameterizedTest
    @EnumSource
    void read_standsStillAfterItsLookIntoTheHoles_looksAgainBeforeItGivesThemUp(TestDatabase database) {
        LogReader reader =
                reader(database.place(), new CountingSource(database.place().pool()));
        publishEverySecond(database.place(), 3);
        completeRound(reader);
        long first = lowestHole();
        insertLate(database, first);

        reader.read(entry -> {
            heard.add(entry);
            insertLate(database, first + 2);
            clock.addAndGet(ChangeLog.HOLE_TIME.plusSeconds(1).toNanos());
        });

        assertThat(round(reader).complete()).isTrue();
        assertThat(heard).hasSize(5).last().extracting(Entry::id).isEqualTo(first + 2);
    }

    /** A publisher that stands still between a number and its commit would commit what readers have given up. */
    @ParameterizedTest
    @EnumSource
    void append_many_isOneStatementForEachStep(TestDatabase database) {
        Place place = database.emptyPlace();
        CountingSource source = new CountingSource(place.pool());
        Database counted = new Database(source.source(), false);
        counted.feedServer().moveTo(new ChangeLog(counted).newestSettled().server());

        new ChangeLog(counted)
                .append(IntStream.range(0, 450)
                        .<Change>mapToObj(i -> new Change.OfRow(new LoginId("login-" + i)))
                        .toList());

        assertThat(place.number("SELECT COUNT(*) FROM gateline_change")).isEqualTo(450);
        assertThat(source.transactions()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void read_entryBetweenOlderHolesIsLost_isAnotherLog(TestDatabase database) {
        LogReader reader =
                reader(database.place(), new CountingSource(database.place().pool()));
        publishEverySecond(database.place(), 800);
        completeRound(reader);

        database.place().run("DELETE FROM gateline_change WHERE id = " + (lowestHole() + 1));

        assertThat(completeRound(reader).sameLog()).isFalse();
    }

    /** The log was quiet for so long that its last entry was purged at the other server, after many new ones. */
    @Test
    void backIn_entryToBeginAtWasPurged_isEmpty() {
        Place place = TestDatabase.H2.place();
        place.empty();
        Database database = new Database(place.pool(), false);
        ChangeLog log = new ChangeLog(database);
        database.feedServer().moveTo(log.newestSettled().server());
        LogReader reader = new LogReader(log, database.feedServer(), "A", Entry.BEFORE_ALL, clock::get);
        assertThat(reader.hasLandmarks()).isFalse();
        reader.read(heard::add);
        publish(place, 1);
        for (int i = 0; i < 20; i++) {
            clock.addAndGet(Duration.ofMinutes(1).toNanos());
            reader.read(heard::add);
        }
        publish(place, 150);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        reader.read(heard::add);

        LogReader back = backInB(reader, log).orElseThrow().reader();
        assertThat(back.hasLandmarks()).isFalse();
        assertThat(back.read(entry -> {}).sameLog()).isTrue();
        assertThat(back.hasLandmarks()).isTrue();

        place.run("DELETE FROM gateline_change WHERE id = " + heard.get(0).id());
        assertThat(backInB(reader, log)).isEmpty();
    }

    private static void publish(Place place, int changes) {
        place.storage()
                .feed()
                .publishAll(IntStream.range(0, changes)
                        .<Change>mapToObj(i -> new Change.OfRow(new LoginId("login-" + i)))
                        .toList());
    }

    private static Optional<Rewound> backInB(LogReader reader, ChangeLog log) {
        return reader.backIn("B", log.numbered(reader.landmarks()).value(), ChangeLog.HOLE_TIME);
    }
}
