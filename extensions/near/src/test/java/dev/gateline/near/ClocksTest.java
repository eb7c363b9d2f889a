package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClocksTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LITTLE = Duration.ofNanos(1);

    private final MutableClock clock = new MutableClock();
    private final Instant start = clock.instant();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private long nanos = 7;

    private final Clocks clocks = new Clocks(clock, events::add, () -> nanos);

    private void compareWithServerAhead(Duration ahead) {
        Standing unused = clocks.compare(() -> server(clock.instant().plus(ahead)));
    }

    private static Standing server(Instant now) {
        return Standing.unmarked(now, "run");
    }

    private static AuthEvent off(Instant at, Duration offset) {
        return new AuthEvent.ClockOff(at, offset);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, -1})
    void compare_aMinuteOff_isRightAndBeyondItIsToldOnceEachTime(int sign) {
        Duration most = MINUTE.multipliedBy(sign);
        Duration more = MINUTE.plus(LITTLE).multipliedBy(sign);

        try (Logs logs = new Logs()) {
            compareWithServerAhead(most);
            assertThat(events).isEmpty();
            assertThat(clocks.offset()).isEqualTo(most);
            assertThat(logs.lines()).isEmpty();

            compareWithServerAhead(more);
            compareWithServerAhead(more);
            assertThat(events).containsExactly(off(start, more));
            assertThat(logs.lines()).singleElement().asString().startsWith("SEVERE the clock of this node differs");

            compareWithServerAhead(most);
            compareWithServerAhead(most);
            assertThat(logs.lines()).hasSize(2).last().asString().startsWith("INFO the clock of this node is right");

            compareWithServerAhead(more);
            assertThat(events).containsExactly(off(start, more), off(start, more));
        }
    }

    @Test
    void compare_wrongFromTheStart_isTold() {
        compareWithServerAhead(MINUTE.multipliedBy(2));

        assertThat(events).containsExactly(off(start, MINUTE.multipliedBy(2)));
    }

    /** The server may have read its clock at any moment while the question was under way. */
    @Test
    void compare_slowAnswer_countsOnlyTheDifferenceThatIsCertain() {
        for (Duration at : List.of(Duration.ZERO, Duration.ofSeconds(50), Duration.ofSeconds(100))) {
            compareSlowly(at);
            assertThat(clocks.offset()).as("server after %s", at).isEqualTo(Duration.ZERO);
        }
        compareSlowly(Duration.ofSeconds(-3));
        assertThat(clocks.offset()).isEqualTo(Duration.ofSeconds(-3));
        compareSlowly(Duration.ofSeconds(104));
        assertThat(clocks.offset()).isEqualTo(Duration.ofSeconds(4));
    }

    private void compareSlowly(Duration serverAfterTheQuestion) {
        Instant asked = clock.instant();
        Standing unused = clocks.compare(() -> {
            clock.advance(Duration.ofSeconds(100));
            return server(asked.plus(serverAfterTheQuestion));
        });
    }

    @Test
    void isToBeCompared_neverCompared_isTrue() {
        assertThat(clocks.isToBeCompared(start)).isTrue();
        assertThatCode(() -> clocks.checkForWriting(start)).doesNotThrowAnyException();
    }

    /** A time may be a minute ahead, and a minute behind besides ten seconds on its way. */
    @Test
    void time_thatARightClockCanHaveShown_isWrittenAndNoOther() {
        compareWithServerAhead(Duration.ZERO);
        nanos += Duration.ofHours(1).toNanos();
        Instant now = start.plus(Duration.ofHours(1));

        for (Instant good : List.of(now.plusSeconds(60), now.minusSeconds(70))) {
            assertThat(clocks.isToBeCompared(good)).as("%s", good).isFalse();
            assertThatCode(() -> clocks.checkForWriting(good)).doesNotThrowAnyException();
            assertThat(clocks.noted(good)).isEqualTo(good);
        }
        for (Instant bad :
                List.of(now.plusSeconds(60).plusNanos(1), now.minusSeconds(70).minusNanos(1))) {
            assertThat(clocks.isToBeCompared(bad)).as("%s", bad).isTrue();
            assertThatThrownBy(() -> clocks.checkForWriting(bad))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageContaining(Duration.between(bad, now).toString());
        }
        assertThat(clocks.noted(now.plusSeconds(60).plusNanos(1))).isEqualTo(now);
        assertThat(clocks.noted(now.minusSeconds(71))).isEqualTo(now.minusSeconds(71));
    }

    /** The upkeep compares again each second; a write does not have to. */
    @Test
    void isToBeCompared_clockThatIsKnownToBeOff_isFalseAndNothingIsWritten() {
        compareWithServerAhead(Duration.ofHours(1));

        assertThat(clocks.isToBeCompared(clock.instant())).isFalse();
        assertThatThrownBy(() -> clocks.checkForWriting(clock.instant().plus(Duration.ofHours(1))))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("PT1H");
    }

    @Test
    void compare_storeWithoutAClock_permitsEachTime() {
        Standing unused = clocks.compare(() -> Standing.UNMEASURED);

        assertThat(clocks.isToBeCompared(start.plusSeconds(3600))).isFalse();
        assertThatCode(() -> clocks.checkForWriting(start.plusSeconds(3600))).doesNotThrowAnyException();
        assertThat(clocks.offset()).isEqualTo(Duration.ZERO);
    }

    @Test
    void steady_clockOfTheNodeJumps_goesOnByTheMonotonicClock() {
        assertThat(clocks.steady()).isEqualTo(Instant.EPOCH);
        compareWithServerAhead(Duration.ofSeconds(5));
        clock.advance(Duration.ofDays(1));
        nanos += 3;

        assertThat(clocks.steady()).isEqualTo(start.plusSeconds(5).plusNanos(3));
    }
}
