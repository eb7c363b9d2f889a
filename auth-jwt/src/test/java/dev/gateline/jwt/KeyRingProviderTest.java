package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rings with keys that the provider of one node can't use, beside nodes that have the platform's. */
class KeyRingProviderTest {
    private static final Duration LOOK = Duration.ofSeconds(10);

    /** Longer than a retired key verifies. */
    private static final Duration DEATH = Duration.ofHours(25);

    private final Logger log = Logger.getLogger(RingKeeper.class.getName());
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final MutableClock clock = new MutableClock();
    private final MemoryKeyRingStore store = new MemoryKeyRingStore();
    private final RelayProvider relay = new RelayProvider("SHA256withECDSA");

    @BeforeEach
    void listen() {
        log.setUseParentHandlers(false);
        log.addHandler(new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getLevel() + " " + entry.getThrown().getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    @AfterEach
    void stopListening() {
        for (Handler handler : log.getHandlers()) {
            log.removeHandler(handler);
        }
        log.setUseParentHandlers(true);
    }

    private KeyRingBuilder ring(Algorithm algorithm) {
        return KeyRing.builder(algorithm).store(store).clock(clock);
    }

    private KeyRing relayed() {
        return ring(Algorithm.ES256).signatures(SignatureProvider.only(relay)).build();
    }

    private JwtAuthenticator gate(KeyRing keys) {
        return JwtAuthenticator.builder(Storage.inMemory(100), keys)
                .issuer("https://park.example")
                .audience("park-api")
                .clock(clock)
                .build();
    }

    private static String activeId(KeyRing ring) {
        return ring.active().verification().id();
    }

    private static void assertCantBeUsed(KeyRing ring, String keyId) {
        assertThatThrownBy(() -> ring.find(keyId))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("the provider Relay can't be used for ");
        assertThat(ring.findInMemory(keyId)).isEmpty();
    }

    @Test
    void build_deadKeyOfAnotherAlgorithm_isNoObstacleAndIsNeitherTrustedNorLost() {
        String dead = activeId(ring(Algorithm.EdDSA).build());
        ring(Algorithm.ES256).build().rotateNow();
        clock.advance(DEATH);

        KeyRing ring = relayed();

        assertThat(activeId(ring)).isNotEqualTo(dead);
        assertThat(relay.signed()).isPositive();
        assertThat(ring.find(dead)).isEmpty();
        ring.rotateNow();
        assertThat(store.load().orElseThrow().text()).contains(dead);
    }

    @Test
    void build_removedKeyOfAnotherAlgorithm_isNoObstacle() {
        String removed = activeId(ring(Algorithm.EdDSA).build());
        ring(Algorithm.ES256).build().rotateNow();
        String text = store.load().orElseThrow().text();
        store.failOverTo(
                Optional.of(new Document(7, text.replace("\n]}", "\n],\"gateline_removed\":[\"" + removed + "\"]}"))));

        KeyRing ring = relayed();

        assertThat(activeId(ring)).isNotEqualTo(removed);
        assertThat(ring.find(removed)).isEmpty();
    }

    @Test
    void build_retiredKeyOfAnotherAlgorithmThatStillVerifies_isRefused() {
        String retired = activeId(ring(Algorithm.EdDSA).build());
        ring(Algorithm.ES256).build().rotateNow();

        assertThatIllegalArgumentException()
                .isThrownBy(this::relayed)
                .withMessageStartingWith(
                        "the ring's key " + retired + " can't be used: the provider Relay can't be used for Ed25519");
    }

    @Test
    void look_anotherNodesKeyCantBeUsed_letsNothingInAndTheOthersGoOn() {
        KeyRing here = relayed();
        String leaked = activeId(here);
        here.rotateNow();
        String active = activeId(here);
        KeyRing there = ring(Algorithm.EdDSA).build();
        there.rotate();
        String foreign = there.keys().get(2).id();
        there.remove(leaked);

        clock.advance(LOOK);

        assertThat(here.find(active)).isPresent();
        assertThat(here.find(leaked)).as("a removal is heard of all the same").isEmpty();
        assertCantBeUsed(here, foreign);
        assertThat(here.jwks()).as("for verifiers elsewhere").contains(foreign);
        assertThat(logged)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARNING the ring's key " + foreign + " can't be used: the provider Relay"));
    }

    @Test
    void authenticate_tokenOfAKeyThatCantBeUsed_isAnOutageAndSoIsSigningByIt() {
        KeyRing here = relayed();
        KeyRing there = ring(Algorithm.EdDSA).build();
        there.rotateNow();
        Grant grant = gate(there).login(Login.of("ada"));
        clock.advance(LOOK);

        JwtAuthenticator gate = gate(here);

        assertThatThrownBy(() -> gate.authenticate(grant.access())).isInstanceOf(AuthUnavailableException.class);
        assertThatThrownBy(() -> gate.login(Login.of("ada"))).isInstanceOf(AuthUnavailableException.class);
        here.rotateNow();
        assertThat(gate.authenticate(gate.login(Login.of("ada")).access()).toOptional())
                .isPresent();
    }

    @Test
    void find_deadKeyComesBackToLifeByTheClock_isNotCheckedByThePlatform() {
        String old = activeId(ring(Algorithm.EdDSA).build());
        ring(Algorithm.ES256).build().rotateNow();
        Clock ahead = Clock.offset(clock, DEATH);
        MutableClock jumping = new MutableClock();
        jumping.advance(Duration.between(jumping.instant(), ahead.instant()));
        KeyRing ring = ring(Algorithm.ES256)
                .signatures(SignatureProvider.only(relay))
                .clock(jumping)
                .build();
        assertThat(ring.find(old)).isEmpty();

        jumping.advance(DEATH.negated());

        assertCantBeUsed(ring, old);
    }

    @Test
    void look_providerIsAway_knownKeysGoOnAndANewOneFollowsWhenItIsBack() {
        KeyRing here = relayed();
        String known = activeId(here);
        KeyRing there = ring(Algorithm.ES256).build();
        there.rotateNow();
        relay.pullOut();

        clock.advance(LOOK);

        assertThat(here.find(known)).isPresent();
        assertCantBeUsed(here, activeId(there));
        relay.putBack();
        assertThat(here.find(activeId(there))).isPresent();
        assertThat(here.findInMemory(activeId(there))).isPresent();
    }

    @Test
    void look_otherText_preparesNoKeyAgain() {
        KeyRing here = relayed();
        KeyRing there = ring(Algorithm.ES256).build();
        there.remove("nobody's");
        int made = relay.made();

        clock.advance(LOOK);
        assertThat(here.find(activeId(here))).isPresent();

        assertThat(relay.made()).isEqualTo(made);
    }
}
