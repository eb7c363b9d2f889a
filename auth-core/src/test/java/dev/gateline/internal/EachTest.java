package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EachTest {
    @Test
    void of_someFail_reachesAllAndThrowsTheFirstFailureWithTheOthersInIt() {
        List<Integer> reached = new ArrayList<>();

        assertThatThrownBy(() -> Each.of(List.of(1, 2, 3, 4), number -> {
                    reached.add(number);
                    if (number % 2 == 0) {
                        throw new IllegalStateException("failed at " + number);
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("failed at 2")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("failed at 4")));

        assertThat(reached).containsExactly(1, 2, 3, 4);
    }
}
