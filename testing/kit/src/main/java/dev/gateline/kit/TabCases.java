package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthEvent;
import dev.gateline.Credential;
import dev.gateline.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Cases of tabs of one browser that renew at the same moment, also at nodes whose clocks differ by the permitted span.
 */
interface TabCases extends Fixtures {
    List<Duration> SKEWS = List.of(Duration.ofSeconds(30), Duration.ofMinutes(1));

    /** A span after which any ticket is traded. */
    Duration LONG = Duration.ofMinutes(3);

    /** Renews at a node whose clock is ahead of the fixture's. */
    private static Grant renewed(Fixture at, Grant grant, Duration ahead) {
        Instant now = at.now();
        at.advance(ahead);
        try {
            return at.renewed(grant);
        } finally {
            at.advanceTo(now);
        }
    }

    @Test
    default void renew_twoTabsAtFirstUseAtNodesWhoseClocksDiffer_areToldTheSame() {
        for (Duration skew : SKEWS) {
            Fixture at = fixture();
            Grant behindFirst = at.renewed(at.login("ada"));
            Grant aheadFirst = at.renewed(at.login("ada"));
            at.advance(LONG);

            assertThat(at.renewed(behindFirst).renewal())
                    .isEqualTo(renewed(at, behindFirst, skew).renewal());
            assertThat(renewed(at, aheadFirst, skew).renewal())
                    .isEqualTo(at.renewed(aheadFirst).renewal());
        }
    }

    /** This holds at every moment: no node trades the ticket while another node keeps it. */
    @Test
    default void renew_twoTabsAtAnyTimeAtNodesWhoseClocksDiffer_areToldTheSame() {
        Fixture at = fixture();
        for (Duration skew : SKEWS) {
            for (int seconds = 0; seconds < 150; seconds += 5) {
                for (boolean aheadFirst : new boolean[] {true, false}) {
                    for (boolean usedAhead : new boolean[] {true, false}) {
                        Grant grant = at.renewed(at.login("ada"));
                        at.advance(LONG);
                        renewed(at, grant, usedAhead ? skew : Duration.ZERO);
                        at.advance(Duration.ofSeconds(seconds));

                        Grant one = renewed(at, grant, aheadFirst ? skew : Duration.ZERO);
                        Grant other = renewed(at, grant, aheadFirst ? Duration.ZERO : skew);

                        assertThat(other.renewal())
                                .as(
                                        "%s of skew, %d s, ahead first: %s, first use ahead: %s",
                                        skew, seconds, aheadFirst, usedAhead)
                                .isEqualTo(one.renewal());
                    }
                }
            }
        }
    }

    @Test
    default void renew_twoTabsAtTheEndOfTheGrace_areToldTheSame() {
        Fixture at = fixture();
        Grant grant = at.renewed(at.login("ada"));
        at.assertLive(grant);
        at.advance(Fixture.GRACE.minusMillis(1));
        Grant atOneTab = at.renewed(grant);
        at.advance(Duration.ofMillis(2));

        assertThat(at.renewed(grant).renewal()).isEqualTo(atOneTab.renewal());
    }

    /** A thief can't prevent the trade of a stolen ticket, and so the theft is found. */
    @Test
    default void renew_againAndAgain_rotatesAllTheSame() {
        Fixture at = fixture();
        Grant grant = at.renewed(at.login("ada"));
        Set<Credential> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            at.advance(Duration.ofSeconds(9));
            grant = at.renewed(grant);
            seen.add(grant.renewal());
        }

        assertThat(seen).hasSizeGreaterThan(5);
    }

    /**
     * After that time one tab may keep the ticket while the other trades it. Both answers are good, whichever of them
     * the browser keeps.
     */
    @Test
    default void renew_twoTabsOfAClientThatNeverRests_neverLookLikeTheft() {
        for (boolean keepsTheOlder : new boolean[] {true, false}) {
            for (int seconds = 0; seconds < 200; seconds += 20) {
                Fixture at = fixture();
                Grant grant = at.renewed(at.login("ada"));
                for (int i = 0; i < seconds; i += 5) {
                    at.renewed(grant);
                    at.advance(Duration.ofSeconds(5));
                }
                Grant atOneTab = at.renewed(grant);
                Grant atTheOther = renewed(at, grant, Duration.ofMinutes(1));
                at.advance(Duration.ofSeconds(5));
                at.assertLive(keepsTheOlder ? atOneTab : atTheOther);
                at.advance(Duration.ofMinutes(5));

                at.assertLive(at.renewed(keepsTheOlder ? atOneTab : atTheOther));
                assertThat(at.events(AuthEvent.ReuseDetected.class)).isEmpty();
            }
        }
    }
}
