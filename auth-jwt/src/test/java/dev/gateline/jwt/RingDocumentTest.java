package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingDocumentTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final RingKey key = new RingKey(SigningKey.generate(Algorithm.EdDSA), NOW, NOW.plusMillis(1));

    @Test
    void read_whatWasWritten_isTheSame() {
        RingKeys ring = new RingKeys(List.of(key), Set.of("one", "two", "a \"third\" \\ \u00e9"));

        assertThat(RingDocument.read(RingDocument.write(ring), Instant.EPOCH)).isEqualTo(ring);
    }

    @Test
    void write_removedIds_areAMemberOfTheSetInOrder() {
        String text = RingDocument.write(new RingKeys(List.of(key), Set.of("two", "one")));

        assertThat(text).endsWith("\n],\n\"gateline_removed\":[\"one\",\"two\"]}\n");
    }

    @Test
    void write_nothingRemoved_hasNoSuchMember() {
        String text = RingDocument.write(new RingKeys(List.of(key), Set.of()));

        assertThat(text).endsWith("\n]}\n").doesNotContain("gateline_removed");
        assertThat(RingDocument.read(text, NOW).removed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"id\"", "\"\"", "1", "true", "{}", "{\"id\":1}", "[1]", "[null]", "[\"id\",[]]"})
    void read_removedIsNotAnArrayOfStrings_isRefused(String removed) {
        String text = RingDocument.write(new RingKeys(List.of(key), Set.of("id")));
        String bad = text.replace("[\"id\"]", removed);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RingDocument.read(bad, NOW))
                .withMessageContaining("key ring")
                .withNoCause();
    }
}
