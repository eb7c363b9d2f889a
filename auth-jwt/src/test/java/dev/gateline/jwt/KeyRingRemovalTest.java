package dev.gateline.jwt;

import static dev.gateline.jwt.KeyInfo.State.ACTIVE;
import static dev.gateline.jwt.KeyInfo.State.RETIRED;
import static dev.gateline.jwt.RelayedRings.activeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Race;
import dev.gateline.store.KeyRingStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Removals of leaked keys, also while no new key can be made. */
class KeyRingRemovalTest {
    private static final Duration LOOK = Duration.ofSeconds(10);

    @RegisterExtension
    private final RelayedRings rings = new RelayedRings();

    private final MutableClock clock = rings.clock;
    private final MemoryKeyRingStore store = rings.store;
    private final RelayProvider relay = rings.relay;

    @TempDir
    private Path folder;

    private static void assertRemovedWithoutANewKey(KeyRing ring, String leaked, String rest) {
        assertThatThrownBy(() -> ring.remove(leaked))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("the key was removed, but no new key could be made")
                .hasMessageContaining(rest);
        assertThat(ring.find(leaked)).isEmpty();
    }

    private static void assertHasNoKeyToSignWith(KeyRing ring) {
        assertThatThrownBy(ring::active)
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageContaining("no key to sign with");
        assertThat(ring.keys()).isEmpty();
        assertThat(ring.jwks()).isEqualTo("{\"keys\":[]}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void remove_noNewKeyCanBeMade_holdsAndTheNextAttemptMakesOne(boolean isStored) {
        KeyRing ring = (isStored ? rings.stored() : rings.inMemory()).build();
        JwtAuthenticator gate = rings.gate(ring);
        Grant grant = gate.login(Login.of("ada"));
        relay.pullOut();

        assertRemovedWithoutANewKey(ring, activeId(ring), "no key to sign with");

        assertThat(gate.authenticate(grant.access())).isEqualTo(Outcome.rejected(Rejection.BAD_SIGNATURE));
        assertThatThrownBy(() -> gate.renew(grant.renewal())).isInstanceOf(AuthUnavailableException.class);
        assertHasNoKeyToSignWith(ring);
        relay.putBack();
        clock.advance(Duration.ofSeconds(1));
        assertThat(gate.renew(grant.renewal())
                        .then(fresh -> gate.authenticate(fresh.access()))
                        .toOptional())
                .isPresent();
        assertThat(ring.keys()).extracting(KeyInfo::state).containsExactly(ACTIVE);
    }

    @Test
    void remove_keyThatAnotherNodeHasJustMade_isGoneEverywhere() {
        KeyRing here = rings.stored().build();
        KeyRing there = rings.stored().build();
        here.rotateNow();
        String leaked = activeId(here);

        assertThat(there.remove(leaked)).isTrue();
        assertThat(there.remove("unknown")).isFalse();

        clock.advance(LOOK);
        assertThat(here.find(leaked)).isEmpty();
        assertThat(activeId(here)).isEqualTo(activeId(there)).isNotEqualTo(leaked);
    }

    @Test
    void remove_noNewKeyCanBeMade_isHeardOfByOtherNodesAndByThoseThatStart() {
        KeyRing here = rings.stored().build();
        KeyRing there = rings.stored().build();
        String leaked = activeId(here);
        relay.pullOut();
        assertRemovedWithoutANewKey(here, leaked, "no key to sign with");

        clock.advance(LOOK);
        assertThat(there.find(leaked)).isEmpty();
        assertHasNoKeyToSignWith(there);
        relay.putBack();
        KeyRing late = rings.stored().build();
        assertThat(late.find(leaked)).isEmpty();
        String next = activeId(late);
        clock.advance(LOOK);
        assertThat(List.of(here, there)).extracting(RelayedRings::activeId).containsOnly(next);
    }

    @Test
    void remove_noNewKeyCanBeMade_isHeardOfByReadersOfTheFile() {
        Path file = folder.resolve("ring.json");
        KeyRing ring = rings.inMemory().file(file).build();
        KeyRing reader = KeyRing.readOnlyBuilder(file).clock(clock).build();
        String leaked = activeId(ring);
        relay.pullOut();
        assertRemovedWithoutANewKey(ring, leaked, "no key to sign with");

        clock.advance(LOOK);

        assertThat(reader.find(leaked)).isEmpty();
        assertHasNoKeyToSignWith(reader);
        assertHasNoKeyToSignWith(KeyRing.readOnlyBuilder(file).clock(clock).build());
    }

    @Test
    void remove_noNewKeyCanBeMadeAndOneIsRetired_theRetiredOneSignsForTheTime() {
        KeyRing ring = rings.stored().build();
        String retired = activeId(ring);
        ring.rotateNow();
        String leaked = activeId(ring);
        relay.pullOut();

        assertRemovedWithoutANewKey(ring, leaked, "signs with the key before");

        assertThat(activeId(ring)).isEqualTo(retired);
        relay.putBack();
        ring.rotateNow();
        assertThat(activeId(ring)).isNotIn(retired, leaked);
    }

    @Test
    void remove_activeKey_neverSignsAgainWithARetiredOne() {
        KeyRing ring = rings.stored().build();
        String retired = activeId(ring);
        ring.rotateNow();

        assertThat(ring.remove(activeId(ring))).isTrue();

        assertThat(activeId(ring)).isNotEqualTo(retired);
        assertThat(ring.keys()).extracting(KeyInfo::state).containsExactly(RETIRED, ACTIVE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void remove_activeKeyWithAPendingOne_thePendingOneSignsAtOnceAndNoneIsMade(boolean isProviderAway) {
        KeyRing ring = rings.stored().build();
        String leaked = activeId(ring);
        ring.rotate();
        String pending = ring.keys().get(1).id();
        if (isProviderAway) {
            relay.pullOut();
        }

        assertThat(ring.remove(leaked)).isTrue();

        assertThat(activeId(ring)).isEqualTo(pending);
        assertThat(ring.keys()).extracting(KeyInfo::state).containsExactly(ACTIVE);
    }

    @Test
    void remove_everyKeyInTurn_leavesOneNewKey() {
        KeyRing ring = rings.stored().build();
        ring.rotateNow();
        ring.rotate();
        List<String> leaked = ring.keys().stream().map(KeyInfo::id).toList();

        leaked.forEach(ring::remove);

        assertThat(ring.keys())
                .singleElement()
                .satisfies(key -> assertThat(key.id()).isNotIn(leaked));
    }

    @Test
    void remove_activeKey_isStoredBeforeANewKeyIsMade() {
        KeyRing ring = rings.stored().build();
        String leaked = activeId(ring);
        List<Optional<KeyRingStore.Document>> whenMade = new ArrayList<>();
        relay.beforeMaking(() -> whenMade.add(store.load()));

        ring.remove(leaked);

        assertThat(whenMade)
                .isNotEmpty()
                .allSatisfy(document -> assertThat(document.orElseThrow().text())
                        .contains("\"gateline_removed\":[\"" + leaked + "\"]")
                        .doesNotContain("\"kid\""));
    }

    @Test
    void remove_anotherNodeReadsBetweenTheSteps_trustsNothingAndBothAgreeOnOneKey() {
        KeyRing here = rings.stored().build();
        KeyRing there = rings.stored().build();
        String leaked = activeId(here);
        store.beforeReplace(() -> store.beforeReplace(() -> {
            clock.advance(LOOK);
            assertThat(there.find(leaked)).isEmpty();
            assertThat(activeId(there)).isNotEqualTo(leaked);
        }));

        here.remove(leaked);

        clock.advance(LOOK);
        assertThat(here.keys()).hasSize(1);
        assertThat(there.keys()).isEqualTo(here.keys());
    }

    @Test
    void remove_byTwoNodesAtOnce_leavesOneNewKeyOnBoth() {
        Race.repeat(50, () -> {
            store.failOverTo(Optional.empty());
            KeyRing here = rings.stored().build();
            KeyRing there = rings.stored().build();
            String leaked = activeId(here);

            Race.run(() -> here.remove(leaked), () -> there.remove(leaked));

            clock.advance(LOOK);
            assertThat(here.keys())
                    .singleElement()
                    .satisfies(key -> assertThat(key.id()).isNotEqualTo(leaked));
            assertThat(there.keys()).isEqualTo(here.keys());
        });
    }

    @Test
    void find_noNewKeyCanBeMade_isTriedOnceASecondAndNotForEachRequest() {
        KeyRing ring = rings.stored().build();
        String leaked = activeId(ring);
        relay.pullOut();
        assertRemovedWithoutANewKey(ring, leaked, "no key to sign with");
        int before = relay.made();

        for (int i = 0; i < 10_000; i++) {
            assertThat(ring.find(leaked)).isEmpty();
        }

        assertThat(relay.made() - before).isBetween(0, 1_000);
        int now = relay.made();
        clock.advance(Duration.ofSeconds(1));
        assertThat(ring.find(leaked)).isEmpty();
        assertThat(relay.made()).isGreaterThan(now);
    }
}
