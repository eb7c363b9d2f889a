package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gateline.kit.MutableClock;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyRingTest {

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA"})
    void jwks_keyPair_hasPublicMembersOnly(Algorithm algorithm) {
        KeyRing ring = KeyRing.generate(algorithm);
        Set<Jwk<?>> keys = Jwks.setParser().build().parse(ring.jwks()).getKeys();
        assertThat(keys).singleElement().satisfies(jwk -> {
            assertThat(jwk.keySet())
                    .isSubsetOf("kty", "kid", "alg", "use", "n", "e", "crv", "x", "y")
                    .contains("kty", "kid", "alg", "use");
            assertThat(jwk).containsEntry("use", "sig").containsEntry("alg", algorithm.name());
            assertThat(jwk).containsEntry("kid", ring.active().verification().id());
            assertThat(jwk.toKey()).isInstanceOf(PublicKey.class);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"HS.*"},
            mode = EnumSource.Mode.MATCH_ALL)
    void jwks_secret_isNeverInIt(Algorithm algorithm) {
        SigningKey secret = SigningKey.generate(algorithm);
        assertThat(KeyRing.of(secret).jwks()).isEqualTo("{\"keys\":[]}");
        assertThatIllegalStateException().isThrownBy(() -> secret.verification().jwk());
    }

    @Test
    void jwks_severalKeys_inTheOrderInWhichTheyBecomeActive() {
        KeyRing ring = KeyRing.generate(Algorithm.ES256);
        String old = ring.active().verification().id();
        ring.rotateNow();
        ring.rotate();
        String active = ring.active().verification().id();

        Set<Jwk<?>> keys = Jwks.setParser().build().parse(ring.jwks()).getKeys();

        assertThat(keys).hasSize(3).extracting(Jwk::getId).startsWith(old, active);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(
            value = Algorithm.class,
            names = {"HS256", "RS256", "ES256", "EdDSA"})
    void toString_keysAndRings_showNoSecret(Algorithm algorithm) {
        MemoryKeyRingStore store = new MemoryKeyRingStore();
        KeyRing ring = KeyRing.builder(algorithm).store(store).build();
        String document = store.load().orElseThrow().text();
        List<String> secrets = Pattern.compile("\"(?:k|d|p|q|dp|dq|qi)\":\"([^\"]+)\"")
                .matcher(document)
                .results()
                .map(found -> found.group(1))
                .toList();
        RingView view = new RingView(RingDocument.read(document, Instant.EPOCH), Duration.ofDays(1), Instant.now());
        Stream<Object> all = Stream.of(
                ring, ring.keys(), ring.active(), ring.active().verification(), view, view.keys(), store.load());

        assertThat(secrets).isNotEmpty();
        assertThat(all.map(Object::toString))
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain(secrets)
                        .doesNotContain(secrets.get(0).substring(0, 12)));
    }

    @Test
    void find_keysOfTheRing_andNoOthers() {
        SigningKey active = SigningKey.generate(Algorithm.ES256);
        KeyRing ring = KeyRing.of(active);
        assertThat(ring.find(active.verification().id())).contains(active.verification());
        assertThat(ring.find("")).isEmpty();
        assertThat(ring.find(active.verification().id() + "x")).isEmpty();
    }

    @Test
    void id_exampleOfRfc7638_isItsThumbprint() {
        String jwk = "{\"kty\":\"RSA\",\"e\":\"AQAB\","
                + "\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86z"
                + "wu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5"
                + "w6Cf0h4QyQ5v-65"
                + "YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-b"
                + "FTWhAI4vMQFh6We"
                + "Zu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw\"}";
        PublicKey key = (PublicKey) Jwks.parser().build().parse(jwk).toKey();
        assertThat(VerificationKey.of(Algorithm.RS256, key).id())
                .isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    @Test
    void remove_importedKey_isGoneByTheNameThatItHad() {
        SigningKey legacy = SigningKey.generate(Algorithm.ES256).named("legacy-2024");
        KeyRing ring = KeyRing.of(legacy);
        assertThat(ring.keys())
                .singleElement()
                .satisfies(key -> assertThat(key.id()).isEqualTo("legacy-2024"));
        assertThat(ring.jwks()).contains("\"kid\":\"legacy-2024\"");

        assertThat(ring.remove("legacy-2024")).isTrue();

        assertThat(ring.find("legacy-2024")).isEmpty();
        assertThat(ring.find(legacy.verification().thumbprint())).isEmpty();
        assertThat(ring.remove("legacy-2024")).as("a second time").isFalse();
    }

    @Test
    void remove_unknownId_saysSo() {
        KeyRing ring = KeyRing.generate(Algorithm.ES256);
        KeyRing stored =
                KeyRing.builder(Algorithm.ES256).store(new MemoryKeyRingStore()).build();

        assertThat(ring.remove("legacy")).isFalse();
        assertThat(stored.remove("legacy")).isFalse();
        assertThat(stored.remove(stored.active().verification().id())).isTrue();
    }

    /** A look for an unknown key is one thread's at a time. */
    @Test
    void find_unknownKey_keepsNoOtherThreadFromTheRing() throws Exception {
        MutableClock clock = new MutableClock();
        KeyRing ring = KeyRing.builder(Algorithm.HS256)
                .store(new MemoryKeyRingStore())
                .clock(clock)
                .build();
        clock.advance(Duration.ofSeconds(2));
        assertThat(ring.find("unknown")).isEmpty();

        clock.advance(Duration.ofHours(1));
        CompletableFuture<SigningKey> elsewhere = CompletableFuture.supplyAsync(() -> {
            ring.rotateNow();
            return ring.active();
        });

        assertThat(elsewhere.get(30, TimeUnit.SECONDS).verification().id())
                .isEqualTo(ring.active().verification().id());
    }
}
