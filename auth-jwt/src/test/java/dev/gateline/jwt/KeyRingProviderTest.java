package dev.gateline.jwt;

import static dev.gateline.jwt.RelayedRings.activeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.KeyRingStore.Document;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rings with keys that the provider of one node can't use, beside nodes that have the platform's. */
class KeyRingProviderTest {
    private static final Duration LOOK = Duration.ofSeconds(10);

    /** Longer than a retired key verifies. */
    private static final Duration DEATH = Duration.ofHours(25);

    @RegisterExtension
    private final RelayedRings rings = new RelayedRings();

    private final MutableClock clock = rings.clock;
    private final MemoryKeyRingStore store = rings.store;
    private final RelayProvider relay = rings.relay;

    private static void assertCantBeUsed(KeyRing ring, String keyId) {
        assertThatThrownBy(() -> ring.find(keyId))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("the provider Relay can't be used for ");
        assertThat(ring.findInMemory(keyId)).isEmpty();
    }

    @Test
    void build_deadKeyOfAnotherAlgorithm_isNoObstacleAndIsNeitherTrustedNorLost() {
        String dead = activeId(rings.ofThePlatform(Algorithm.EdDSA).build());
        rings.ofThePlatform(Algorithm.ES256).build().rotateNow();
        clock.advance(DEATH);

        KeyRing ring = rings.stored().build();

        assertThat(activeId(ring)).isNotEqualTo(dead);
        assertThat(relay.signed()).isPositive();
        assertThat(ring.find(dead)).isEmpty();
        ring.rotateNow();
        assertThat(store.load().orElseThrow().text()).contains(dead);
    }

    @Test
    void build_removedKeyOfAnotherAlgorithm_isNoObstacle() {
        String removed = activeId(rings.ofThePlatform(Algorithm.EdDSA).build());
        rings.ofThePlatform(Algorithm.ES256).build().rotateNow();
        String text = store.load().orElseThrow().text();
        store.failOverTo(
                Optional.of(new Document(7, text.replace("\n]}", "\n],\"gateline_removed\":[\"" + removed + "\"]}"))));

        KeyRing ring = rings.stored().build();

        assertThat(activeId(ring)).isNotEqualTo(removed);
        assertThat(ring.find(removed)).isEmpty();
    }

    @Test
    void build_retiredKeyOfAnotherAlgorithmThatStillVerifies_isRefused() {
        String retired = activeId(rings.ofThePlatform(Algorithm.EdDSA).build());
        rings.ofThePlatform(Algorithm.ES256).build().rotateNow();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> rings.stored().build())
                .withMessageStartingWith(
                        "the ring's key " + retired + " can't be used: the provider Relay can't be used for Ed25519");
    }

    @Test
    void look_anotherNodesKeyCantBeUsed_letsNothingInAndTheOthersGoOn() {
        KeyRing here = rings.stored().build();
        String leaked = activeId(here);
        here.rotateNow();
        String active = activeId(here);
        KeyRing there = rings.ofThePlatform(Algorithm.EdDSA).build();
        there.rotate();
        String foreign = there.keys().get(2).id();
        there.remove(leaked);

        clock.advance(LOOK);

        assertThat(here.find(active)).isPresent();
        assertThat(here.find(leaked)).as("a removal is heard of all the same").isEmpty();
        assertCantBeUsed(here, foreign);
        assertThat(here.jwks()).as("for verifiers elsewhere").contains(foreign);
        assertThat(rings.logged())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARNING the ring's key " + foreign + " can't be used: the provider Relay"));
    }

    @Test
    void authenticate_tokenOfAKeyThatCantBeUsed_isAnOutageAndSoIsSigningByIt() {
        KeyRing here = rings.stored().build();
        KeyRing there = rings.ofThePlatform(Algorithm.EdDSA).build();
        there.rotateNow();
        Grant grant = rings.gate(there).login(Login.of("ada"));
        clock.advance(LOOK);

        JwtAuthenticator gate = rings.gate(here);

        assertThatThrownBy(() -> gate.authenticate(grant.access())).isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> gate.login(Login.of("ada"))).isInstanceOf(AuthUnavailableException.class);
        here.rotateNow();
        assertThat(gate.authenticate(gate.login(Login.of("ada")).access()).toOptional())
                .isPresent();
    }

    @Test
    void find_deadKeyComesBackToLifeByTheClock_isNotCheckedByThePlatform() {
        String old = activeId(rings.ofThePlatform(Algorithm.EdDSA).build());
        rings.ofThePlatform(Algorithm.ES256).build().rotateNow();
        Clock ahead = Clock.offset(clock, DEATH);
        MutableClock jumping = new MutableClock();
        jumping.advance(Duration.between(jumping.instant(), ahead.instant()));
        KeyRing ring = rings.ofThePlatform(Algorithm.ES256)
                .signatures(SignatureProvider.only(relay))
                .clock(jumping)
                .build();
        assertThat(ring.find(old)).isEmpty();

        jumping.advance(DEATH.negated());

        assertCantBeUsed(ring, old);
    }

    @Test
    void look_providerIsAway_knownKeysGoOnAndANewOneFollowsWhenItIsBack() {
        KeyRing here = rings.stored().build();
        String known = activeId(here);
        KeyRing there = rings.ofThePlatform(Algorithm.ES256).build();
        there.rotateNow();
        relay.pullOut();

        clock.advance(LOOK);

        assertThat(here.find(known)).isPresent();
        assertCantBeUsed(here, activeId(there));
        relay.putBack();
        assertThat(here.find(activeId(there))).isPresent();
        assertThat(here.findInMemory(activeId(there))).isPresent();
    }

    private void lookOften(KeyRing ring) {
        for (int i = 0; i < 5; i++) {
            clock.advance(LOOK);
            assertThat(ring.keys()).isNotEmpty();
        }
    }

    @Test
    void look_providerIsAwayForLong_warnsOnceForEachKeyAndOnceMoreOfTheNextOutage() {
        KeyRing here = rings.stored().build();
        KeyRing there = rings.ofThePlatform(Algorithm.ES256).build();
        for (int outage = 1; outage <= 2; outage++) {
            there.rotateNow();
            relay.pullOut();
            lookOften(here);
            there.rotateNow();
            lookOften(here);
            relay.putBack();
            lookOften(here);

            assertThat(rings.logged()).hasSize(3);
            assertThat(rings.logged().get(0)).startsWith("WARNING the ring's key " + id(there, outage * 2 - 1));
            assertThat(rings.logged().get(1)).startsWith("WARNING the ring's key " + id(there, outage * 2));
            assertThat(rings.logged().get(2)).isEqualTo("INFO all keys of the ring can be used");
            rings.logged().clear();
        }
    }

    private static String id(KeyRing ring, int index) {
        return ring.keys().get(index).id();
    }

    @Test
    void look_storeIsAwayForLong_warnsOnceInEachStreak() {
        KeyRing here = rings.stored().build();
        for (int outage = 1; outage <= 2; outage++) {
            store.failWith(Optional.of(new IllegalStateException("down")));
            lookOften(here);
            store.failWith(Optional.empty());
            lookOften(here);

            assertThat(rings.logged()).containsExactly("WARNING down", "INFO the key ring is up to date again");
            rings.logged().clear();
        }
    }

    @Test
    void look_otherText_preparesNoKeyAgain() {
        KeyRing here = rings.stored().build();
        KeyRing there = rings.ofThePlatform(Algorithm.ES256).build();
        there.remove("nobody's");
        int made = relay.made();

        clock.advance(LOOK);
        assertThat(here.find(activeId(here))).isPresent();

        assertThat(relay.made()).isEqualTo(made);
    }
}
