package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FirstUsesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final LoginId ID = new LoginId("Aa-login");

    /** Of the same hash code, so that it takes the same place. */
    private static final LoginId NEIGHBOUR = new LoginId("BB-login");

    private final FirstUses uses = new FirstUses();

    @Test
    void of_notNoted_isEmpty() {
        assertThat(uses.of(ID, 0)).isEmpty();
    }

    @Test
    void of_notedTwice_isTheFirst() {
        uses.note(ID, 1, NOW);
        uses.note(ID, 1, NOW.plusSeconds(5));

        assertThat(uses.of(ID, 1)).contains(NOW);
        assertThat(uses.of(ID, 0)).isEmpty();
        assertThat(uses.of(ID, 2)).isEmpty();
    }

    @Test
    void of_otherLoginNoted_keepsItsOwnPlace() {
        LoginId other = new LoginId("another-login");
        uses.note(ID, 1, NOW);
        uses.note(other, 1, NOW.plusSeconds(5));

        assertThat(uses.of(ID, 1)).contains(NOW);
        assertThat(uses.of(other, 1)).contains(NOW.plusSeconds(5));
    }

    @Test
    void of_laterGenerationNoted_isOfThatOnly() {
        uses.note(ID, 1, NOW);
        uses.note(ID, 2, NOW.plusSeconds(5));
        uses.note(ID, 1, NOW.plusSeconds(9));

        assertThat(uses.of(ID, 2)).contains(NOW.plusSeconds(5));
        assertThat(uses.of(ID, 1)).isEmpty();
    }

    @Test
    void of_anotherLoginTookThePlace_isOfThatOnly() {
        assertThat(NEIGHBOUR).isNotEqualTo(ID).hasSameHashCodeAs(ID);
        uses.note(ID, 7, NOW);
        uses.note(NEIGHBOUR, 7, NOW.plusSeconds(5));

        assertThat(uses.of(ID, 7)).isEmpty();
        assertThat(uses.of(NEIGHBOUR, 7)).contains(NOW.plusSeconds(5));

        uses.note(ID, 3, NOW.plusSeconds(9));
        assertThat(uses.of(ID, 3)).contains(NOW.plusSeconds(9));
    }
}
