package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.jdbc.ChangeLog.Entry;
import dev.gateline.jdbc.LogPosition.Hole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogPositionTest {
    private static final long HOLE_NANOS = ChangeLog.HOLE_TIME.toNanos();

    private final LogPosition position = new LogPosition(entry(10));

    private static Entry entry(long id) {
        return new Entry(id, "change " + id, id);
    }

    private void read(long id, long nanos) {
        assertThat(position.read(entry(id), nanos)).as("%s is new", id).isTrue();
    }

    @Test
    void read_twiceOrBefore_isNotNew() {
        read(12, 0);

        assertThat(position.read(entry(12), 1)).isFalse();
        assertThat(position.read(entry(10), 1)).isFalse();
        assertThat(position.read(entry(9), 1)).isFalse();
    }

    @Test
    void read_higherNumber_movesUpAndLeavesAHole() {
        read(11, 0);
        read(15, 7);

        assertThat(position.from()).isEqualTo(15);
        assertThat(position.newestHoles()).containsExactly(new Hole(12, 14, 7));
        assertThat(position.olderHoles()).isEmpty();
    }

    @Test
    void read_inAHole_leavesTheRestOfIt() {
        read(15, 7);
        read(13, 8);
        assertThat(position.newestHoles()).containsExactly(new Hole(14, 14, 7), new Hole(11, 12, 7));

        read(11, 9);
        read(14, 9);
        read(12, 9);

        assertThat(position.newestHoles()).isEmpty();
        assertThat(position.read(entry(12), 10)).isFalse();
    }

    @Test
    void giveUpHoles_inTime_forgetsThoseThatAreOldEnough() {
        read(12, 5);
        read(14, 6);

        position.giveUpHoles(5 + HOLE_NANOS - 1);
        assertThat(position.newestHoles()).hasSize(2);
        position.giveUpHoles(5 + HOLE_NANOS);
        assertThat(position.newestHoles()).containsExactly(new Hole(13, 13, 6));
        position.giveUpHoles(6 + HOLE_NANOS);
        assertThat(position.newestHoles()).isEmpty();
    }

    @Test
    void olderHoles_moreThanTheNewest_spansTheOthers() {
        for (int i = 1; i <= LogPosition.NEWEST + 3; i++) {
            read(10 + 2L * i, i);
        }

        assertThat(position.newestHoles()).hasSize(LogPosition.NEWEST);
        assertThat(position.newestHoles().get(LogPosition.NEWEST - 1).first()).isEqualTo(17);
        assertThat(position.olderHoles()).singleElement().satisfies(span -> {
            assertThat(span.first()).isEqualTo(11);
            assertThat(span.last()).isEqualTo(15);
        });
    }

    @Test
    void countRead_partsWithHoles_leavesTheHolesOut() {
        read(12, 0);
        read(20, 0);
        read(15, 0);

        assertThat(position.countRead(11, 19)).isEqualTo(2);
        assertThat(position.countRead(12, 12)).isEqualTo(1);
        assertThat(position.countRead(13, 14)).isZero();
        assertThat(position.countRead(14, 17)).isEqualTo(1);
        assertThat(position.countRead(1, 10)).isEqualTo(10);
    }

    @Test
    void isIn_logWithAnotherEntryOfThatNumberOrNone_isFalse() {
        assertThat(position.isIn(List.of(entry(10), entry(11)))).isTrue();
        assertThat(position.isIn(List.of(new Entry(10, "another", 10)))).isFalse();
        assertThat(position.isIn(List.of(new Entry(10, "change 10", 11)))).isFalse();
        assertThat(position.isIn(List.of(entry(11)))).isFalse();
        assertThat(position.isIn(List.of())).isFalse();
    }

    @Test
    void isIn_fromTheBeginning_isAlwaysTrue() {
        LogPosition first = new LogPosition(Entry.BEFORE_ALL);

        assertThat(first.isIn(List.of())).isTrue();
        assertThat(first.isIn(List.of(entry(7)))).isTrue();
    }

    @Test
    void holeTime_always_isFarAboveTheTimeoutOfAStatementAndBelowTheRetention() {
        assertThat(ChangeLog.HOLE_TIME).isGreaterThan(Duration.ofSeconds(5).multipliedBy(4));
        assertThat(ChangeLog.RETENTION.dividedBy(2)).isGreaterThan(ChangeLog.HOLE_TIME);
    }
}
