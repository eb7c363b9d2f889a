package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingDocumentTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    private final RingKey key = new RingKey(LazyKey.of(SigningKey.generate(Algorithm.EdDSA)), NOW, NOW.plusMillis(1));

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

    private static String imported(SigningKey... keys) {
        String document = RingDocument.write(new RingKeys(
                Stream.of(keys)
                        .map(key -> new RingKey(LazyKey.of(key), NOW, NOW))
                        .toList(),
                Set.of()));
        return document.replaceAll(",\"gateline_[a-z_]+\":[0-9]+", "");
    }

    @Test
    void read_importedKeys_keepTheirNames() {
        SigningKey legacy = SigningKey.generate(Algorithm.ES256).named("legacy-2024");

        RingKeys ring = RingDocument.read(imported(legacy), NOW);

        assertThat(ring.keys())
                .singleElement()
                .satisfies(key -> assertThat(key.id()).isEqualTo("legacy-2024"));
        assertThat(RingDocument.read(RingDocument.write(ring), NOW)).isEqualTo(ring);
    }

    @Test
    void read_importedKeyWithoutAName_hasItsThumbprint() {
        SigningKey legacy = SigningKey.generate(Algorithm.ES256);
        String nameless = imported(legacy.named("legacy")).replaceFirst("\"kid\":\"legacy\",|,\"kid\":\"legacy\"", "");

        assertThat(nameless).doesNotContain("\"kid\"");
        assertThat(RingDocument.read(nameless, NOW).keys().get(0).id())
                .isEqualTo(legacy.verification().id());
    }

    @Test
    void read_importedKeysWithoutDates_theFirstSignsAndTheOthersVerify() {
        String[] names = {"m", "z", "a"};
        SigningKey[] keys = Stream.of(names)
                .map(name -> SigningKey.generate(Algorithm.EdDSA).named(name))
                .toArray(SigningKey[]::new);
        String document = Stream.of(keys)
                .map(RingDocumentTest::imported)
                .map(one -> one.substring(one.indexOf('[') + 1, one.lastIndexOf(']')))
                .collect(java.util.stream.Collectors.joining(",", "{\"keys\":[", "]}"));

        RingView view = new RingView(RingDocument.read(document, NOW), java.time.Duration.ofHours(1), NOW);

        assertThat(view.active().orElseThrow().id()).isEqualTo("m");
        assertThat(Stream.of(names).map(view::verifying)).allMatch(java.util.Optional::isPresent);
    }

    @Test
    void read_twoKeysOfOneName_isRefused() {
        String one = imported(SigningKey.generate(Algorithm.EdDSA).named("same"));
        String other = imported(SigningKey.generate(Algorithm.EdDSA).named("same"));
        String both = one.replace("\n]", "," + other.substring(other.indexOf('[') + 1, other.lastIndexOf(']')) + "]");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RingDocument.read(both, NOW))
                .withMessageContaining("two keys of the kid same");
    }
}
