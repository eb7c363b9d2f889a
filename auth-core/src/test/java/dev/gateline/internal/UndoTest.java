package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {
    private final List<String> done = new ArrayList<>();
    private final RuntimeException first = new IllegalStateException("first");
    private final RuntimeException second = new IllegalStateException("second");

    private static Runnable failing(RuntimeException failure) {
        return () -> {
            throw failure;
        };
    }

    @Test
    void onFailure_actionSucceeds_undoesNothing() {
        assertThat(Undo.onFailure(() -> "result", () -> done.add("undone"))).isEqualTo("result");
        assertThat(done).isEmpty();
    }

    @Test
    void onFailure_actionFails_isUndoneAndFails() {
        assertThatThrownBy(() -> Undo.onFailure(failing(first), () -> done.add("undone")))
                .isSameAs(first)
                .hasNoSuppressedExceptions();
        assertThat(done).containsExactly("undone");
    }

    @Test
    void onFailure_bothFail_throwsTheFirstFailureWithTheSecondInIt() {
        assertThatThrownBy(() -> Undo.onFailure(failing(first), failing(second)))
                .isSameAs(first)
                .hasSuppressedException(second);
    }
}
