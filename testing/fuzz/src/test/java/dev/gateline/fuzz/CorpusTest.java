package dev.gateline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All inputs that the fuzzer has kept, once more. A new finding of {@code testing/fuzz/run} becomes a line here. */
@Tag("slow")
@Tag("once")
class CorpusTest {
    private static final Path CORPORA = Path.of("corpus");
    private static final Duration FOR_EVER = Duration.ofMinutes(2);

    static List<String> targets() throws IOException {
        try (Stream<Path> files = Files.list(CORPORA)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void target_corpus_findsNothing(String target) throws Exception {
        Method method = Class.forName(target).getMethod("fuzzerTestOneInput", byte[].class);
        List<byte[]> inputs = Corpus.read(CORPORA.resolve(target));

        assertThat(inputs).isNotEmpty();
        for (byte[] input : inputs) {
            assertTimeoutPreemptively(
                    FOR_EVER,
                    () -> run(method, input),
                    () -> Base64.getEncoder().encodeToString(input));
        }
    }

    private static void run(Method target, byte[] input) throws Exception {
        try {
            target.invoke(null, (Object) input);
        } catch (InvocationTargetException e) {
            throw new AssertionError(Base64.getEncoder().encodeToString(input), e.getCause());
        }
    }
}
