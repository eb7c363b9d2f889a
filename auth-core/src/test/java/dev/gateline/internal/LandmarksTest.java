package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.internal.Landmarks.Point;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LandmarksTest {
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final Landmarks<String> landmarks = new Landmarks<>();

    private static long at(double seconds) {
        return Math.round(seconds * 1e9);
    }

    private void note(String newest, double seconds) {
        landmarks.note(newest, at(seconds));
    }

    @Test
    void newestFirst_manyWithinASecond_hasTheNewestAndOneForEachSecond() {
        for (int i = 0; i <= 50; i++) {
            note("entry " + i, i / 10.0);
        }

        assertThat(landmarks.newestFirst(at(5)))
                .hasSizeBetween(5, 7)
                .startsWith("entry 50")
                .endsWith("entry 0");
    }

    @Test
    void note_entryASecondAfterTheOneBefore_isKeptAndAnEarlierOneIsNot() {
        note("a", 10);
        note("b", 11);
        note("c", 11.9);
        note("d", 12);

        assertThat(landmarks.newestFirst(at(12))).containsExactly("d", "b", "a");
        assertThat(landmarks.all()).containsExactlyInAnyOrder("a", "b", "d");
    }

    @Test
    void settledBefore_entryThatBeganExactlyThen_isIt() {
        note("a", 20);
        note("a", 50);
        note("b", 51);

        assertThat(landmarks.settledBefore("b", SETTLING)).contains(new Point<>("a", at(20)));
    }

    @Test
    void settledBefore_entryThatWasNewestEarlierOnly_isItsLastMoment() {
        note("a", 3);
        landmarks.noteNothing(at(50));
        note("b", 51);

        assertThat(landmarks.settledBefore("b", SETTLING)).contains(new Point<>("a", at(3)));
    }

    @Test
    void newestFirst_awayForFiveMinutes_hasTheLastOnly() {
        note("a", 0);
        note("b", 1);
        assertThat(landmarks.newestFirst(at(300))).containsExactly("b", "a");
        assertThat(landmarks.newestFirst(at(300.5))).containsExactly("b");
        assertThat(landmarks.newestFirst(at(301.5))).isEmpty();
    }

    @Test
    void at_entryThatWasNewestForLong_isItsLastMoment() {
        note("a", 0);
        note("a", 7);
        note("b", 8);

        assertThat(landmarks.at("a")).contains(new Point<>("a", at(7)));
        assertThat(landmarks.at("c")).isEmpty();
    }

    @Test
    void settledBefore_entryThatAppearedLater_isNoLaterThanTheSettlingBeforeIt() {
        note("a", 0);
        note("a", 20);
        note("b", 21);
        note("b", 39.9);
        note("c", 40);

        assertThat(landmarks.settledBefore("c", SETTLING)).contains(new Point<>("a", at(9.9)));
        assertThat(landmarks.settledBefore("c", Duration.ofSeconds(10))).contains(new Point<>("b", at(29.9)));
    }

    @Test
    void settledBefore_nothingWasReadThatEarly_isEmpty() {
        note("a", 0);
        note("b", 29);
        assertThat(landmarks.settledBefore("b", SETTLING)).isEmpty();
        assertThat(landmarks.settledBefore("c", SETTLING)).isEmpty();
    }

    /** It may have been there for any time, so nothing is known to be before it. */
    @Test
    void settledBefore_entryOfTheFirstLook_isEmpty() {
        note("a", 0);
        note("a", 100);
        assertThat(landmarks.settledBefore("a", SETTLING)).isEmpty();
    }

    @Test
    void settledBefore_firstEntryOfALogThatWasEmpty_isBeforeAllThatFollowsOnly() {
        landmarks.noteNothing(at(0));
        landmarks.noteNothing(at(50));
        note("a", 51);
        assertThat(landmarks.settledBefore("a", SETTLING)).isEmpty();
    }

    @Test
    void forgetAfter_entry_isTheNewest() {
        note("a", 0);
        note("b", 1);
        note("c", 2);
        landmarks.forgetAfter("b");
        assertThat(landmarks.newestFirst(at(2))).containsExactly("b", "a");
        note("d", 3);
        assertThat(landmarks.newestFirst(at(3))).containsExactly("d", "b", "a");
    }

    @Test
    void clear_afterwards_beginsAnew() {
        note("a", 0);
        landmarks.clear();
        assertThat(landmarks.newestFirst(at(0))).isEmpty();
        note("b", 40);
        assertThat(landmarks.settledBefore("b", SETTLING)).isEmpty();
    }
}
