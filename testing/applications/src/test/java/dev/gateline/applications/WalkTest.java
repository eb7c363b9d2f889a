package dev.gateline.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each application does exactly what the page says of it. */
@Tag("slow")
@Tag("once")
class WalkTest {
    static Stream<Program> programs() {
        return Program.compared().stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void program_onTwoNodes_hasTheFeaturesOfItsColumn(Program program) {
        try (Walk walk = new Walk(program)) {
            hasExactly(program.features(), walk);
        }
    }

    @Test
    void starter_withTokensByOneWord_hasAllFeatures() {
        try (Walk walk = new Walk(Program.STARTER, "--gateline.strategy=jwt")) {
            hasExactly(EnumSet.allOf(Feature.class), walk);
        }
    }

    private static void hasExactly(Set<Feature> expected, Walk walk) {
        Map<Feature, String> failures = walk.failures();
        Set<Feature> works = EnumSet.allOf(Feature.class);
        works.removeAll(failures.keySet());
        assertThat(works).as(failures.toString()).isEqualTo(expected);
    }
}
