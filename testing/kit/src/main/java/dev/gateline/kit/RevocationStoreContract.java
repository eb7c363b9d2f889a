package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The promises of every store of revocations. Extend it, and say how to make an empty one. */
public abstract class RevocationStoreContract {
    private static final Instant NOW = Rows.NOW;
    private static final Instant UNTIL = NOW.plus(Duration.ofMinutes(6));

    /** For subclasses. */
    protected RevocationStoreContract() {}

    /** Creates an empty store. */
    protected abstract RevocationStore store();

    /** A report of the same moment by another run of the server. */
    private static Standing ofAnotherRun(Standing seen) {
        Instant now = seen.now().orElse(NOW);
        return seen.markedAt()
                .map(at -> Standing.marked(now, seen.run() + "0", at, seen.run() + "0"))
                .orElse(Standing.unmarked(now, seen.run() + "0"));
    }

    /** Whether a store leaves marks. One that does not has nothing to vouch for. */
    private static boolean leavesMarks(RevocationStore store) {
        Standing seen = store.standing();
        assertThat(seen.now().isPresent()).isEqualTo(!seen.run().isEmpty());
        if (seen.run().isEmpty()) {
            assertThat(store.vouch(ofAnotherRun(seen))).contains(Standing.UNMEASURED);
        }
        return !seen.run().isEmpty();
    }

    @Test
    void vouch_storeThatWasSeen_leavesAMarkOfItsRun() {
        RevocationStore store = store();
        if (leavesMarks(store)) {
            Standing first = store.vouch(store.standing()).orElseThrow();
            Standing second = store.vouch(first).orElseThrow();

            assertThat(List.of(first, second)).allMatch(Standing::isSameRun);
            assertThat(second.markedAt().orElseThrow())
                    .isAfterOrEqualTo(first.markedAt().orElseThrow());
            assertThat(store.standing().markedAt()).isEqualTo(second.markedAt());
        }
    }

    @Test
    void vouch_anotherRunOfTheServerWasSeen_isRefusedAndLeavesNoMark() {
        RevocationStore store = store();
        if (leavesMarks(store)) {
            assertThat(store.vouch(ofAnotherRun(store.standing()))).isEmpty();
            assertThat(store.vouch(Standing.UNMEASURED)).isEmpty();
            assertThat(store.standing().markedAt()).as("without a mark").isEmpty();

            Standing marked = store.vouch(store.standing()).orElseThrow();
            assertThat(store.vouch(ofAnotherRun(marked))).isEmpty();
            assertThat(store.vouch(Standing.UNMEASURED)).isEmpty();
            assertThat(store.standing().markedAt()).as("with a mark").isEqualTo(marked.markedAt());
        }
    }

    @Test
    void vouch_markIsEarlierThanTheOneThatWasSeenOrGone_isRefused() {
        RevocationStore store = store();
        if (leavesMarks(store)) {
            Standing seen = store.standing();
            Instant now = seen.now().orElseThrow();
            Standing later = Standing.marked(now, seen.run(), now.plusSeconds(60), seen.run());

            assertThat(store.vouch(later)).as("gone").isEmpty();
            assertThat(store.standing().markedAt()).isEmpty();
            Standing marked = store.vouch(seen).orElseThrow();
            assertThat(store.vouch(later)).as("earlier").isEmpty();
            assertThat(store.standing().markedAt()).isEqualTo(marked.markedAt());
        }
    }

    @Test
    void vouch_byManyAtOnce_isDoneByAll() {
        RevocationStore store = store();
        if (leavesMarks(store)) {
            Standing seen = store.standing();

            assertThat(Race.run(4, () -> store.vouch(seen)))
                    .allSatisfy(vouched -> assertThat(vouched).get().matches(Standing::isSameRun));
        }
    }

    private static Revocable token(String tokenId, String loginId, long epoch) {
        return new Revocable("gr_", tokenId, loginId, "ada", epoch);
    }

    private static Revocable login(String loginId, long epoch) {
        return token("", loginId, epoch);
    }

    @Test
    void isRevoked_nothingRevoked_isFalse() {
        assertThat(store().isRevoked(token("t1", "l1", 0))).isFalse();
    }

    @Test
    void mayBeRevoked_revokedAtAnyGrain_isTrue() {
        RevocationStore store = store();
        long before = store.epoch();

        store.revoke(Revocation.ofToken("t1", UNTIL), NOW);
        store.revoke(Revocation.ofLogin(new LoginId("l2"), UNTIL), NOW);
        assertThat(store.mayBeRevoked(token("t1", "l1", before))).isTrue();
        assertThat(store.mayBeRevoked(login("l2", before))).isTrue();

        store.raiseEpoch("gr_", 0, NOW, UNTIL);
        assertThat(store.mayBeRevoked(login("l3", before))).isTrue();
    }

    @Test
    void isRevokedAuthoritatively_revokedAtAnyGrain_isTrue() {
        RevocationStore store = store();
        long before = store.epoch();
        assertThat(store.isRevokedAuthoritatively(token("t1", "l1", before))).isFalse();

        store.revoke(Revocation.ofToken("t1", UNTIL), NOW);
        store.revoke(Revocation.ofLogin(new LoginId("l2"), UNTIL), NOW);
        assertThat(store.isRevokedAuthoritatively(token("t1", "l1", before))).isTrue();
        assertThat(store.isRevokedAuthoritatively(login("l2", before))).isTrue();
        assertThat(store.isRevokedAuthoritatively(token("t2", "l1", before))).isFalse();

        store.raiseEpoch("gr_ ada", 0, NOW, UNTIL);
        assertThat(store.isRevokedAuthoritatively(login("l3", before))).isTrue();
    }

    @Test
    void revoke_token_revokesThatTokenOnly() {
        RevocationStore store = store();

        store.revoke(Revocation.ofToken("t1", UNTIL), NOW);

        assertThat(store.isRevoked(token("t1", "l1", 0))).isTrue();
        assertThat(store.isRevoked(token("t2", "l1", 0))).isFalse();
        assertThat(store.isRevoked(login("l1", 0))).isFalse();
        assertThat(store.isRevoked(login("t1", 0))).as("a login of that name").isFalse();
    }

    @Test
    void revoke_login_revokesAllItsTokensAndItself() {
        RevocationStore store = store();

        store.revoke(Revocation.ofLogin(new LoginId("l1"), UNTIL), NOW);

        assertThat(store.isRevoked(token("t1", "l1", 0))).isTrue();
        assertThat(store.isRevoked(login("l1", 0))).isTrue();
        assertThat(store.isRevoked(token("l1", "l2", 0)))
                .as("a token of that name")
                .isFalse();
    }

    /** Ids of tokens and logins are base64url, where upper and lower case differ. */
    @Test
    void revoke_keysThatLookAlike_revokesThatOneOnly() {
        RevocationStore store = store();
        List<String> keys = List.of("aB-_1", "ab-_1", "AB-_1", "aB-_1-", "aB-_", "a%", "aB*");

        for (int i = 0; i < keys.size(); i++) {
            store.revoke(Revocation.ofToken(keys.get(i), UNTIL), NOW);
            store.revoke(Revocation.ofLogin(new LoginId("l" + keys.get(i)), UNTIL), NOW);

            for (int other = 0; other < keys.size(); other++) {
                String key = keys.get(other);
                assertThat(store.isRevoked(token(key, "x", 0))).as(key).isEqualTo(other <= i);
                assertThat(store.isRevoked(login("l" + key, 0))).as(key).isEqualTo(other <= i);
            }
        }
    }

    @Test
    void raiseEpoch_subjectsThatLookAlike_revokesThatOnesOnly() {
        RevocationStore store = store();
        long before = store.epoch();

        for (int i = 0; i < Rows.LOOK_ALIKES.size(); i++) {
            store.raiseEpoch("gr_ " + Rows.LOOK_ALIKES.get(i), 0, NOW, UNTIL);

            for (int other = 0; other < Rows.LOOK_ALIKES.size(); other++) {
                String subject = Rows.LOOK_ALIKES.get(other);
                assertThat(store.isRevoked(new Revocable("gr_", "", "l", subject, before)))
                        .as(subject)
                        .isEqualTo(other <= i);
            }
        }
    }

    @Test
    void raiseEpoch_always_revokesEarlierEpochsOfTheSubjectAndNotItsOwn() {
        RevocationStore store = store();
        long before = store.epoch();

        long raised = store.raiseEpoch("gr_ ada", 0, NOW, UNTIL);

        assertThat(raised).isGreaterThan(before);
        assertThat(store.isRevoked(login("l1", before))).isTrue();
        assertThat(store.isRevoked(login("l2", raised))).isFalse();
        assertThat(store.isRevoked(new Revocable("gr_", "", "l3", "grace", before)))
                .isFalse();
        assertThat(store.isRevoked(new Revocable("gs_", "", "l4", "ada", before)))
                .as("another kind of login")
                .isFalse();
    }

    /** Otherwise a node that remembers an old ending would take a new login for an earlier one. */
    @Test
    void epoch_whoseverItIsAndHoweverLongForgotten_isNoLessThanAny() {
        RevocationStore store = store();
        long ada = store.raiseEpoch("gr_ ada", 0, NOW, UNTIL);
        assertThat(store.epoch()).isGreaterThanOrEqualTo(ada);
        long grace = store.raiseEpoch("gs_ grace", 0, NOW, UNTIL);
        assertThat(store.epoch()).isGreaterThanOrEqualTo(grace);

        Instant later = UNTIL.plus(Duration.ofDays(1));
        for (int i = 0; i < 20; i++) {
            store.revoke(Revocation.ofToken("t" + i, later.plusSeconds(60)), later);
        }

        assertThat(store.epoch()).isGreaterThanOrEqualTo(grace);
    }

    /** Otherwise a node that remembers more would refuse a new login at a store that was emptied. */
    @Test
    void epoch_newStore_beginsAtTheClock() {
        RevocationStore store = store();

        long first = store.epoch();

        long hour = TimeUnit.HOURS.toMicros(1);
        assertThat(first).isCloseTo(TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()), Offset.offset(hour));
        assertThat(store.epoch()).isEqualTo(first);
    }

    @Test
    void raiseEpoch_aboveWhatTheStoreKnows_isAboveThat() {
        RevocationStore store = store();
        long above = store.epoch() + TimeUnit.DAYS.toMicros(400);

        long raised = store.raiseEpoch("gr_ ada", above, NOW, UNTIL);

        assertThat(raised).isGreaterThan(above);
        assertThat(store.isRevoked(login("l1", above))).isTrue();
        assertThat(store.epoch()).isGreaterThanOrEqualTo(raised);
    }

    @Test
    void revoke_tokensOfALogin_revokesThoseAlone() {
        RevocationStore store = store();
        LoginId id = new LoginId("l1");

        store.revoke(Revocation.ofToken(Revocable.tokensKey(id, 0), UNTIL), NOW);

        assertThat(store.isRevoked(new Revocable("gr_", "t", Revocable.tokensKey(id, 0), "l1", "ada", 1)))
                .isTrue();
        assertThat(store.isRevoked(new Revocable("gr_", "t", Revocable.tokensKey(id, 1), "l1", "ada", 1)))
                .isFalse();
        assertThat(store.isRevoked(login("l1", 1))).isFalse();
    }

    @Test
    void raiseEpoch_ofARealm_revokesEarlierEpochsOfTheRealmOnly() {
        RevocationStore store = store();
        long before = store.epoch();

        long raised = store.raiseEpoch("gr_", 0, NOW, UNTIL);

        assertThat(store.isRevoked(login("l1", before))).isTrue();
        assertThat(store.isRevoked(new Revocable("gr_", "t", "l2", "grace", before)))
                .isTrue();
        assertThat(store.isRevoked(login("l3", raised))).isFalse();
        assertThat(store.isRevoked(new Revocable("gs_", "", "l4", "ada", before)))
                .isFalse();
    }

    @Test
    void raiseEpoch_realmsThatLookAlike_revokesThatOneOnly() {
        RevocationStore store = store();
        long before = store.epoch();

        store.raiseEpoch("gr_", 0, NOW, UNTIL);

        for (String other : List.of("GR_", "gr", "gr_a", "gr%", "grx", "r_")) {
            assertThat(store.isRevoked(new Revocable(other, "t", "l", "ada", before)))
                    .as(other)
                    .isFalse();
        }
    }

    /** A later ending with a shorter time must not cut the time of an earlier one. */
    @Test
    void raiseEpoch_againForAShorterTime_keepsTheLaterTime() {
        RevocationStore store = store();
        store.raiseEpoch("gr_ ada", 0, NOW, UNTIL);
        long second = store.raiseEpoch("gr_ ada", 0, NOW, NOW.plusSeconds(1));

        Instant justBefore = UNTIL.minusMillis(1);
        for (int i = 0; i < 100; i++) {
            store.revoke(Revocation.ofToken("t" + i, justBefore.plusSeconds(60)), justBefore);
        }

        assertThat(live(store, justBefore)).contains(Revocation.ofGroup("gr_ ada", second, UNTIL));
        assertThat(store.isRevoked(login("l1", second - 1))).isTrue();
    }

    @Test
    void raiseEpoch_ofAllRealms_revokesEarlierEpochsOfEach() {
        RevocationStore store = store();
        long before = store.epoch();

        long raised = store.raiseEpoch(RevocationStore.ALL_REALMS, 0, NOW, UNTIL);

        assertThat(store.isRevoked(login("l1", before))).isTrue();
        assertThat(store.isRevoked(new Revocable("gs_", "", "l4", "ada", before)))
                .isTrue();
        assertThat(store.isRevoked(new Revocable("gs_", "", "l4", "ada", raised)))
                .isFalse();
    }

    @Test
    void revokeAll_ofEachGrain_revokesAllAndMerges() {
        RevocationStore store = store();
        long epoch = store.epoch() + 7;
        store.revoke(Revocation.ofLogin(new LoginId("l0"), UNTIL.plusSeconds(60)), NOW);
        List<Revocation> all = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            all.add(Revocation.ofLogin(new LoginId("l" + i), UNTIL));
        }
        all.add(Revocation.ofToken("t", UNTIL));
        all.add(Revocation.ofGroup("gr_ grace", epoch, UNTIL));

        store.revokeAll(all, NOW);

        Set<Revocation> live = live(store, NOW);
        assertThat(live).hasSize(all.size()).containsAll(all.subList(1, all.size()));
        assertThat(live).contains(Revocation.ofLogin(new LoginId("l0"), UNTIL.plusSeconds(60)));
        assertThat(store.isRevoked(new Revocable("gr_", "", "x", "grace", epoch - 1)))
                .isTrue();
        assertThat(store.epoch()).isGreaterThanOrEqualTo(epoch);
        store.revokeAll(List.of(), NOW);
    }

    @Test
    void raiseEpoch_twiceInTheSameInstantOrWithAClockThatGoesBack_stillRises() {
        RevocationStore store = store();

        long one = store.raiseEpoch("gr_ ada", 0, NOW, UNTIL);
        long two = store.raiseEpoch("gr_ ada", 0, NOW, UNTIL);
        long three = store.raiseEpoch("gr_ ada", 0, NOW.minusSeconds(30), UNTIL.minusSeconds(30));

        assertThat(List.of(one, two, three)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void raiseEpoch_forgottenAndThenAClockThatGoesFarBack_stillRises() {
        RevocationStore store = store();
        long first = store.raiseEpoch("gr_ ada", 0, NOW, UNTIL);
        Instant later = UNTIL.plusSeconds(1);
        for (int i = 0; i < 20; i++) {
            store.revoke(Revocation.ofToken("t" + i, later.plusSeconds(60)), later);
        }

        assertThat(store.raiseEpoch("gr_ ada", 0, NOW.minusSeconds(600), UNTIL)).isGreaterThan(first);
    }

    @Test
    void raiseEpoch_64Threads_allGetANumberOfTheirOwn() {
        RevocationStore store = store();

        List<Long> epochs = Race.run(64, () -> store.raiseEpoch("gr_ ada", 0, NOW, UNTIL));

        assertThat(epochs).doesNotHaveDuplicates();
        assertThat(store.epoch())
                .isEqualTo(epochs.stream().mapToLong(Long::longValue).max().orElseThrow());
    }

    @Test
    void raiseEpoch_longAfterTheLastOneWasForgotten_isStillGreater() {
        RevocationStore store = store();
        long first = store.raiseEpoch("gr_ ada", 0, NOW, UNTIL);
        Instant later = UNTIL.plusSeconds(1);
        for (int i = 0; i < 20; i++) {
            store.revoke(Revocation.ofToken("t" + i, later.plusSeconds(60)), later);
        }

        assertThat(store.raiseEpoch("gr_ ada", 0, later, later.plusSeconds(60))).isGreaterThan(first);
        assertThat(store.isRevoked(login("l1", first))).isTrue();
    }

    @Test
    void revoke_untilItsTime_isNeverForgotten() {
        RevocationStore store = store();
        store.revoke(Revocation.ofLogin(new LoginId("l1"), UNTIL), NOW);
        store.raiseEpoch("gr_ ada", 0, NOW, UNTIL);

        Instant justBefore = UNTIL.minusMillis(1);
        for (int i = 0; i < 2_000; i++) {
            store.revoke(Revocation.ofToken("t" + i, justBefore.plusSeconds(60)), justBefore);
        }

        assertThat(store.isRevoked(login("l1", Long.MAX_VALUE))).isTrue();
        assertThat(store.isRevoked(login("l2", 0))).isTrue();
    }

    @Test
    void revoke_again_keepsTheLaterTime() {
        RevocationStore store = store();
        store.revoke(Revocation.ofLogin(new LoginId("l1"), UNTIL), NOW);
        store.revoke(Revocation.ofLogin(new LoginId("l1"), NOW.plusSeconds(1)), NOW);

        Instant justBefore = UNTIL.minusMillis(1);
        for (int i = 0; i < 100; i++) {
            store.revoke(Revocation.ofToken("t" + i, justBefore.plusSeconds(60)), justBefore);
        }

        assertThat(store.isRevoked(login("l1", 0))).isTrue();
    }

    @Test
    void revoke_subject_neverLowersItsEpoch() {
        RevocationStore store = store();
        long raised = store.raiseEpoch("gr_ ada", 0, NOW, UNTIL);

        store.revoke(Revocation.ofGroup("gr_ ada", raised - 1, UNTIL), NOW);
        assertThat(store.epoch()).isGreaterThanOrEqualTo(raised);
        assertThat(store.isRevoked(login("l1", raised - 1))).isTrue();

        store.revoke(Revocation.ofGroup("gr_ ada", raised + 5, UNTIL), NOW);
        assertThat(store.epoch()).isGreaterThanOrEqualTo(raised + 5);
        assertThat(store.isRevoked(login("l1", raised + 4))).isTrue();
        assertThat(store.isRevoked(login("l1", raised + 5))).isFalse();
        assertThat(store.raiseEpoch("gr_ ada", 0, NOW, UNTIL))
                .as("after another node's number")
                .isGreaterThan(raised + 5);
    }

    @Test
    void forEachLive_always_hasWhatWasRevokedAtEveryGrain() {
        RevocationStore store = store();
        store.revoke(Revocation.ofToken("same", UNTIL), NOW);
        store.revoke(Revocation.ofLogin(new LoginId("same"), UNTIL), NOW);
        store.revoke(Revocation.ofLogin(new LoginId("same"), UNTIL.plusSeconds(1)), NOW);
        long epoch = store.raiseEpoch("gr_ Ren\u00e9e \ud83d\ude00", 0, NOW, UNTIL);

        assertThat(live(store, NOW))
                .containsExactlyInAnyOrder(
                        Revocation.ofToken("same", UNTIL),
                        Revocation.ofLogin(new LoginId("same"), UNTIL.plusSeconds(1)),
                        Revocation.ofGroup("gr_ Ren\u00e9e \ud83d\ude00", epoch, UNTIL));
    }

    @Test
    void forEachLive_atItsEnd_needNotHaveIt() {
        RevocationStore store = store();
        store.revoke(Revocation.ofLogin(new LoginId("l1"), UNTIL), NOW);

        assertThat(live(store, UNTIL.minusNanos(1_000))).hasSize(1);
        assertThat(live(store, UNTIL)).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void forEachLive_thousands_hasAll() {
        RevocationStore store = store();
        for (int i = 0; i < 2_500; i++) {
            store.revoke(Revocation.ofLogin(new LoginId("l" + i), UNTIL), NOW);
        }

        assertThat(live(store, NOW)).hasSize(2_500);
    }

    @Test
    void countLive_someOfEachGrain_hasEachOnceOrTwice() {
        RevocationStore store = store();
        for (int i = 0; i < 100; i++) {
            store.revoke(Revocation.ofLogin(new LoginId("l" + i), UNTIL), NOW);
            store.revoke(Revocation.ofToken("t" + i, UNTIL), NOW);
            store.revoke(Revocation.ofGroup("gs_ user-" + i, i + 1, UNTIL), NOW);
        }

        assertThat(store.countLive(NOW)).isBetween(300L, 600L);
    }

    /** A store may report an entry twice. A merge of the two reports must give the newest entry. */
    private static Set<Revocation> live(RevocationStore store, Instant now) {
        Set<Revocation> live = new HashSet<>();
        store.forEachLive(now, live::add);
        return live;
    }

    @Test
    void revoke_manyThreads_losesNone() {
        RevocationStore store = store();

        List<List<String>> revoked = Race.run(16, () -> {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String id = Thread.currentThread().getId() + "-" + i;
                store.revoke(Revocation.ofLogin(new LoginId(id), UNTIL), NOW);
                assertThat(store.isRevoked(login(id, 0))).isTrue();
                ids.add(id);
            }
            return ids;
        });

        assertThat(revoked)
                .allSatisfy(ids -> assertThat(ids)
                        .allSatisfy(
                                id -> assertThat(store.isRevoked(login(id, 0))).isTrue()));
        assertThat(live(store, NOW)).hasSize(16 * 200);
    }
}
