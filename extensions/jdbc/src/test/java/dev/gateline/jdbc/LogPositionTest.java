package dev.gateline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.jdbc.ChangeLog.Entry;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LogPositionTest {
    private static final long HOLE_NANOS = ChangeLog.HOLE_TIME.toNanos();

    private final LogPosition position = new LogPosition(entry(10));

    private static Entry entry(long id) {
        return new Entry(id, "change " + id);
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
    void advance_noHole_goesToTheEnd() {
        read(12, 0);
        read(11, 1);

        position.advance(1);

        assertThat(position.from()).isEqualTo(12);
    }

    @Test
    void advance_hole_staysBelowItUntilItIsFilled() {
        read(11, 0);
        read(13, 0);
        position.advance(HOLE_NANOS - 1);
        assertThat(position.from()).isEqualTo(11);

        read(12, HOLE_NANOS - 1);
        position.advance(HOLE_NANOS - 1);

        assertThat(position.from()).isEqualTo(13);
        assertThat(position.read(entry(13), HOLE_NANOS)).isFalse();
    }

    @Test
    void advance_holeThatIsNeverFilled_isGivenUpInTime() {
        read(13, 5);
        read(15, 6);

        position.advance(5 + HOLE_NANOS - 1);
        assertThat(position.from()).isEqualTo(10);
        position.advance(5 + HOLE_NANOS);
        assertThat(position.from()).isEqualTo(13);
        position.advance(6 + HOLE_NANOS);
        assertThat(position.from()).isEqualTo(15);
    }

    @Test
    void isIn_logWithAnotherEntryOfThatNumberOrNone_isFalse() {
        assertThat(position.isIn(List.of(entry(10), entry(11)))).isTrue();
        assertThat(position.isIn(List.of(new Entry(10, "another")))).isFalse();
        assertThat(position.isIn(List.of(entry(11)))).isFalse();
        assertThat(position.isIn(List.of())).isFalse();
    }

    @Test
    void isIn_logThatHasLostWhatWasReadAboveAHole_isFalse() {
        read(12, 0);
        read(14, 0);

        assertThat(position.isIn(List.of(entry(10), entry(12), entry(14), entry(15))))
                .isTrue();
        assertThat(position.isIn(List.of(entry(10), entry(12), entry(13)))).isFalse();
        assertThat(position.isIn(List.of(entry(10), new Entry(12, "another"), entry(14))))
                .isFalse();
    }

    @Test
    void isIn_fullPage_tellsNothingOfWhatIsBehindIt() {
        List<Entry> page = LongStream.range(10, 10 + ChangeLog.PAGE)
                .mapToObj(LogPositionTest::entry)
                .toList();
        read(5_000, 0);

        assertThat(position.isIn(page)).isTrue();
        assertThat(position.isIn(page.subList(0, ChangeLog.PAGE - 1))).isFalse();
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
