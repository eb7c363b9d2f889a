package dev.gateline.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class LibrariesTest {
    private static final Libraries LIBRARIES =
            new Libraries("It needs another.", List.of(Assertions.class.getName(), "org.example.Gone"));

    @Test
    void start_librariesFit_givesWhatTheyGave() {
        assertThat(LIBRARIES.<String>start(() -> "well")).isEqualTo("well");
    }

    @Test
    void start_aClassIsMissing_saysTheRuleAndWhatWasFound() {
        assertThatThrownBy(() -> LIBRARIES.start(() -> {
                    throw new NoClassDefFoundError("org/example/Newer");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(NoClassDefFoundError.class)
                .hasMessageMatching(
                        "It needs another\\. Found: assertj-core-[0-9.]+\\.jar, nothing for org\\.example\\.Gone\\."
                                + " It fails with java\\.lang\\.NoClassDefFoundError: org/example/Newer");
    }
}
