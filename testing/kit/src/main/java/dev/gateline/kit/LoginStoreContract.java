package dev.gateline.kit;

import static dev.gateline.LoginLimit.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.LoginId;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginState;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The promises of every store of sessions and of refresh tokens. Extend it, and say how to make an empty one. */
public abstract class LoginStoreContract {
    private static final Instant NOW = Rows.NOW;

    /** For subclasses. */
    protected LoginStoreContract() {}

    /**
     * Creates an empty store.
     *
     * @param capacity how many logins it must hold, and no more where it can count
     */
    protected abstract LoginStore store(int capacity);

    private LoginStore store() {
        return store(10_000);
    }

    @Test
    void find_inserted_isEqualInEveryPart() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");

        store.insert(row, UNLIMITED, Set.of(), NOW);

        assertThat(store.find(row.id())).contains(row);
    }

    @Test
    void findInMemory_replacedAndDeleted_isNeverOlderThanFind() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);
        LoginRow next = Rows.next(row, NOW.plusSeconds(1));

        store.replace(next, row.version(), NOW);
        assertThat(store.findInMemory(row.id()).orElse(next)).isEqualTo(next);

        store.delete(row.id());
        assertThat(store.findInMemory(row.id())).isEmpty();
    }

    /** A version is a random number of 64 bits. A store that computes with doubles keeps 53 of them. */
    @Test
    void insert_versionOf64Bits_isKeptAndCompared() {
        LoginStore store = store();
        for (long version : new long[] {Long.MIN_VALUE, -1, (1L << 53) + 1, Long.MAX_VALUE}) {
            LoginRow row = Rows.of(Rows.of("ada").id(), version);
            store.insert(row, UNLIMITED, Set.of(), NOW);

            assertThat(store.find(row.id())).contains(row);
            assertThat(store.replace(Rows.next(row, NOW), version ^ 1, NOW)).isEqualTo(Written.STALE);
            assertThat(store.replace(Rows.of(row.id(), version ^ 1), version, NOW))
                    .isEqualTo(Written.DONE);
            assertThat(store.find(row.id()).orElseThrow().version()).isEqualTo(version ^ 1);
        }
    }

    /** Ids are base64url, where upper and lower case differ. */
    @Test
    void find_idsThatLookAlike_areAllDifferent() {
        LoginStore store = store();
        List<LoginId> ids = Stream.of("Abc-def_ghijklmnopqrsA", "abc-def_ghijklmnopqrsA", "Abc_def-ghijklmnopqrsA")
                .map(LoginId::new)
                .toList();
        LoginRow first = Rows.of(ids.get(0), 0);
        store.insert(first, UNLIMITED, Set.of(), NOW);

        for (LoginId other : ids.subList(1, ids.size())) {
            assertThat(store.find(other)).as(other.value()).isEmpty();
            assertThat(store.touch(other, NOW.plusSeconds(1))).isEqualTo(Written.GONE);
            assertThat(store.replace(Rows.of(other, 1), 0, NOW)).isEqualTo(Written.GONE);
            assertThat(store.delete(other)).isEqualTo(Written.GONE);
            assertThat(store.insert(Rows.of(other, 0), 1, Set.of(other), NOW)).isFalse();
        }

        store.deleteAll(ids.subList(1, ids.size()));
        assertThat(store.find(first.id())).contains(first);
    }

    /** The state of a login may be long, because the host keeps its own data in a session. */
    @Test
    void find_longState_isEqualInEveryPart() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        LoginState state = row.state().toBuilder()
                .data(Map.of("note", "\u20ac".repeat(50_000)))
                .build();
        LoginRow written = row.next(state, NOW);

        store.insert(written, UNLIMITED, Set.of(), NOW);
        assertThat(store.find(row.id())).contains(written);

        LoginRow next = written.next(state, NOW.plusSeconds(1));
        assertThat(store.replace(next, written.version(), NOW)).isEqualTo(Written.DONE);
        assertThat(store.findBySubject("gs_", "ada")).containsExactly(next);
    }

    @Test
    void find_neverInserted_isEmpty() {
        assertThat(store().find(new LoginId("A".repeat(22)))).isEmpty();
    }

    @Test
    void replace_sameVersion_isDoneAndListed() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);
        LoginRow next = Rows.next(row, NOW.plusSeconds(1));

        assertThat(store.replace(next, row.version(), NOW)).isEqualTo(Written.DONE);

        assertThat(store.find(row.id())).contains(next);
        assertThat(store.findBySubject("gs_", "ada")).containsExactly(next);
    }

    @Test
    void replace_versionBeforeOrFarAhead_isStaleAndChangesNothing() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);
        LoginRow one = Rows.next(row, NOW.plusSeconds(1));
        LoginRow two = Rows.next(one, NOW.plusSeconds(2));

        assertThat(store.replace(two, one.version(), NOW)).isEqualTo(Written.STALE);
        assertThat(store.replace(one, row.version(), NOW)).isEqualTo(Written.DONE);
        assertThat(store.replace(one, row.version(), NOW)).isEqualTo(Written.STALE);

        assertThat(store.find(row.id())).contains(one);
    }

    @Test
    void replace_deleted_isGoneAndCreatesNothing() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);
        store.delete(row.id());

        assertThat(store.replace(Rows.next(row, NOW), row.version(), NOW)).isEqualTo(Written.GONE);

        assertThat(store.find(row.id())).isEmpty();
        assertThat(store.findBySubject("gs_", "ada")).isEmpty();
    }

    @Test
    void replace_olderLastSeenThanTheStores_keepsTheLater() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);
        store.touch(row.id(), NOW.plusSeconds(60));

        store.replace(Rows.next(row, NOW.plusSeconds(1)), row.version(), NOW.plusSeconds(60));

        assertThat(store.find(row.id()).orElseThrow().lastSeenAt()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void replace_32ThreadsWithTheSameVersion_exactlyOneIsDone() {
        Race.repeat(50, () -> {
            LoginStore store = store();
            LoginRow row = Rows.of("ada");
            store.insert(row, UNLIMITED, Set.of(), NOW);

            List<Written> results = Race.run(32, () -> store.replace(Rows.next(row, NOW), row.version(), NOW));

            assertThat(results).containsOnlyOnce(Written.DONE);
            assertThat(results).filteredOn(Written.STALE::equals).hasSize(31);
        });
    }

    @Test
    void replace_whileDeleting_neverBringsTheRowBack() {
        Race.repeat(300, () -> {
            LoginStore store = store();
            LoginRow row = Rows.of("ada");
            store.insert(row, UNLIMITED, Set.of(), NOW);

            List<Written> results = Race.run(
                    () -> store.replace(Rows.next(row, NOW), row.version(), NOW),
                    () -> store.delete(row.id()),
                    () -> store.touch(row.id(), NOW.plusSeconds(1)));

            assertThat(results.get(1)).isEqualTo(Written.DONE);
            assertThat(store.find(row.id())).isEmpty();
            assertThat(store.findBySubject("gs_", "ada")).isEmpty();
        });
    }

    @Test
    void touch_later_movesLastSeenAndNotTheVersion() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);

        assertThat(store.touch(row.id(), NOW.plusSeconds(90))).isEqualTo(Written.DONE);

        assertThat(store.find(row.id())).contains(row.seen(NOW.plusSeconds(90)));
        assertThat(store.replace(Rows.next(row, NOW.plusSeconds(91)), row.version(), NOW))
                .isEqualTo(Written.DONE);
    }

    @Test
    void touch_earlier_isDoneAndMovesNothing() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);

        assertThat(store.touch(row.id(), NOW.minusSeconds(90))).isEqualTo(Written.DONE);

        assertThat(store.find(row.id())).contains(row);
    }

    @Test
    void touch_deleted_isGoneAndCreatesNothing() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);
        store.delete(row.id());

        assertThat(store.touch(row.id(), NOW.plusSeconds(1))).isEqualTo(Written.GONE);

        assertThat(store.find(row.id())).isEmpty();
    }

    @Test
    void delete_twice_isDoneThenGone() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);

        assertThat(store.delete(row.id())).isEqualTo(Written.DONE);
        assertThat(store.delete(row.id())).isEqualTo(Written.GONE);
    }

    @Test
    void findBySubject_severalSubjects_findsExactlyTheirs() {
        LoginStore store = store();
        LoginRow one = Rows.of("ada");
        LoginRow two = Rows.of("ada");
        LoginRow other = Rows.of("adam");
        List.of(one, two, other).forEach(row -> store.insert(row, UNLIMITED, Set.of(), NOW));

        assertThat(store.findBySubject("gs_", "ada")).containsExactlyInAnyOrder(one, two);
        assertThat(store.findBySubject("gs_", "adam")).containsExactly(other);
        assertThat(store.findBySubject("gs_", "ADA")).isEmpty();
        assertThat(store.findBySubject("gs_", "nobody")).isEmpty();
    }

    /**
     * The rows of another realm. Visitors share one subject there, for example, and each look at a user's logins would
     * read all visits.
     */
    @Test
    void findBySubject_loginsOfOtherRealms_areNotTheirs() {
        LoginStore store = store();
        LoginRow ours = Rows.of("ada");
        LoginRow theirs = Rows.ofRealm("gs_other", "ada");
        LoginRow longer = Rows.ofRealm("gs_o", "ada");
        List.of(ours, theirs, longer).forEach(row -> store.insert(row, UNLIMITED, Set.of(), NOW));

        for (LoginRow row : List.of(ours, theirs, longer)) {
            assertThat(store.findBySubject(row.realm(), "ada")).containsExactly(row);
        }
        assertThat(store.findBySubject("gs_nobody", "ada")).isEmpty();
        assertThat(store.delete(theirs.id())).isEqualTo(Written.DONE);
        assertThat(store.findBySubject("gs_other", "ada")).isEmpty();
        assertThat(store.findBySubject("gs_", "ada")).containsExactly(ours);
    }

    /** A key of realm and subject must not be the same for another pair, and a realm is no pattern. */
    @Test
    void findBySubject_realmsAndSubjectsThatJoinAlike_areAllDifferent() {
        LoginStore store = store();
        List<LoginRow> rows = new ArrayList<>();
        for (String between : List.of("", ":", "/", "|", "_", ".", "-", "#")) {
            rows.add(Rows.ofRealm("gs" + between + "a", "da" + between + "lovelace"));
            rows.add(Rows.ofRealm("gs" + between + "a" + between + "da", "lovelace"));
        }
        rows.add(Rows.ofRealm("gs", "alovelace"));
        rows.add(Rows.ofRealm("GS:a", "da:lovelace"));
        rows.add(Rows.ofRealm("gs%", "da:lovelace"));
        rows.add(Rows.ofRealm("g".repeat(40), "da:lovelace"));

        for (LoginRow row : rows) {
            assertThat(store.insert(row, 1, Set.of(), NOW)).as(row.realm()).isTrue();
        }

        for (LoginRow row : rows) {
            assertThat(store.findBySubject(row.realm(), row.subject())).containsExactly(row);
        }
    }

    @Test
    void findBySubject_64ConcurrentInserts_losesNone() {
        LoginStore store = store();
        List<LoginRow> rows =
                IntStream.range(0, 64).mapToObj(i -> Rows.of("ada")).toList();
        List<LoginRow> left = new ArrayList<>(rows);

        Race.run(64, () -> {
            LoginRow mine;
            synchronized (left) {
                mine = left.remove(left.size() - 1);
            }
            store.insert(mine, UNLIMITED, Set.of(), NOW);
            return mine;
        });

        assertThat(store.findBySubject("gs_", "ada")).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void findBySubject_insertsAndDeletesRacing_endsUpExact() {
        LoginStore store = store();

        List<LoginRow> kept = Race.run(8, () -> {
            for (int i = 0; i < 100; i++) {
                LoginRow passing = Rows.of("ada");
                store.insert(passing, UNLIMITED, Set.of(), NOW);
                store.delete(passing.id());
            }
            LoginRow last = Rows.of("ada");
            store.insert(last, UNLIMITED, Set.of(), NOW);
            return last;
        });

        assertThat(store.findBySubject("gs_", "ada")).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void insert_subjectHasEnough_isRefusedAndCreatesNothing() {
        LoginStore store = store();
        LoginRow one = Rows.of("ada");
        LoginRow two = Rows.of("ada");
        LoginRow three = Rows.of("ada");

        assertThat(store.insert(one, 2, Set.of(), NOW)).isTrue();
        assertThat(store.insert(two, 2, Set.of(), NOW)).isTrue();
        assertThat(store.insert(three, 2, Set.of(), NOW)).isFalse();

        assertThat(store.find(three.id())).isEmpty();
        assertThat(store.findBySubject("gs_", "ada")).containsExactlyInAnyOrder(one, two);
        assertThat(store.insert(Rows.of("grace"), 2, Set.of(), NOW)).isTrue();
        assertThat(store.delete(one.id())).isEqualTo(Written.DONE);
        assertThat(store.insert(three, 2, Set.of(), NOW)).isTrue();
    }

    @Test
    void insert_expiredOnesAndOtherRealms_dontCount() {
        LoginStore store = store();
        LoginRow expired = Rows.of("ada");
        store.insert(expired, UNLIMITED, Set.of(), NOW);
        store.insert(Rows.ofRealm("gs_other", "ada"), UNLIMITED, Set.of(), NOW.plusSeconds(1));

        assertThat(store.insert(Rows.of("ada"), 1, Set.of(), expired.expiresAt().minusMillis(1)))
                .isFalse();
        assertThat(store.insert(Rows.of("ada"), 1, Set.of(), expired.expiresAt()))
                .isTrue();
    }

    @Test
    void insert_usedOnes_countUntilTheyExpireByTheirLastUse() {
        LoginStore store = store();
        LoginRow touched = Rows.of("ada");
        LoginRow noted = Rows.of("grace");
        LoginRow replaced = Rows.of("joan");
        List.of(touched, noted, replaced).forEach(row -> store.insert(row, UNLIMITED, Set.of(), NOW));
        Instant used = NOW.plus(Rows.IDLE).minusSeconds(1);
        store.touch(touched.id(), used);
        store.touchAll(Map.of(noted.id(), used), Duration.ZERO);
        store.replace(Rows.next(replaced, used), replaced.version(), used);

        for (LoginRow row : List.of(touched, noted, replaced)) {
            Instant end = used.plus(Rows.IDLE);
            assertThat(store.insert(Rows.of(row.subject()), 1, Set.of(), end.minusMillis(1)))
                    .as(row.subject())
                    .isFalse();
            assertThat(store.insert(Rows.of(row.subject()), 1, Set.of(), end))
                    .as(row.subject())
                    .isTrue();
        }
    }

    @Test
    void insert_usedOnesAtTheirAbsoluteLimit_dontCount() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);
        Instant end = NOW.plus(Rows.ABSOLUTE);
        store.touch(row.id(), end.minusSeconds(1));

        assertThat(store.insert(Rows.of("ada"), 1, Set.of(), end.minusMillis(1)))
                .isFalse();
        assertThat(store.insert(Rows.of("ada"), 1, Set.of(), end)).isTrue();
    }

    @Test
    void insert_loginsOfOtherRealms_dontCount() {
        LoginStore store = store();
        for (int i = 0; i < 3; i++) {
            store.insert(Rows.ofRealm("gs_other", "ada"), UNLIMITED, Set.of(), NOW);
        }

        assertThat(store.insert(Rows.of("ada"), 1, Set.of(), NOW)).isTrue();
        assertThat(store.insert(Rows.of("ada"), 1, Set.of(), NOW)).isFalse();
        assertThat(store.insert(Rows.ofRealm("gs_other", "ada"), 4, Set.of(), NOW))
                .isTrue();
    }

    @Test
    void findBySubject_lookAlikes_areAllDifferent() {
        LoginStore store = store();
        List<LoginRow> rows = Rows.LOOK_ALIKES.stream().map(Rows::of).toList();

        for (LoginRow row : rows) {
            assertThat(store.insert(row, 1, Set.of(), NOW)).as(row.subject()).isTrue();
        }

        for (LoginRow row : rows) {
            assertThat(store.find(row.id())).contains(row);
            assertThat(store.findBySubject("gs_", row.subject())).containsExactly(row);
            assertThat(store.insert(Rows.of(row.subject()), 1, Set.of(), NOW))
                    .as(row.subject())
                    .isFalse();
        }
    }

    @Test
    void findBySubject_moreThanAThousand_findsAll() {
        LoginStore store = store();
        List<LoginId> ids = new ArrayList<>();
        for (int i = 0; i < 1_025; i++) {
            LoginRow row = Rows.of("ada");
            store.insert(row, UNLIMITED, Set.of(), NOW);
            ids.add(row.id());
        }

        assertThat(store.findBySubject("gs_", "ada")).map(LoginRow::id).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void insert_leavingOnes_dontCountAndStay() {
        LoginStore store = store();
        LoginRow one = Rows.of("ada");
        LoginRow two = Rows.of("ada");
        LoginRow three = Rows.of("ada");
        LoginRow other = Rows.of("grace");
        List.of(one, two, other).forEach(row -> store.insert(row, UNLIMITED, Set.of(), NOW));

        assertThat(store.insert(three, 2, Set.of(other.id()), NOW)).isFalse();
        assertThat(store.insert(three, 2, Set.of(one.id(), other.id()), NOW)).isTrue();

        assertThat(store.findBySubject("gs_", "ada")).containsExactlyInAnyOrder(one, two, three);
        assertThat(store.findBySubject("gs_", "grace")).containsExactly(other);
    }

    @Test
    void replace_versionThatComesBack_isStaleForTheLateWriter() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);
        LoginRow lost = Rows.next(row, NOW);
        LoginRow raised = new LoginRow(row.id(), "gs_", "ada", lost.version() + 77, NOW, lost.state());
        assertThat(store.replace(raised, row.version(), NOW)).isEqualTo(Written.DONE);

        assertThat(store.replace(Rows.next(lost, NOW), lost.version(), NOW)).isEqualTo(Written.STALE);

        assertThat(store.find(row.id())).contains(raised);
    }

    @Test
    void touchAll_someDeleted_notesTheOthers() {
        LoginStore store = store();
        LoginRow one = Rows.of("ada");
        LoginRow two = Rows.of("ada");
        LoginRow gone = Rows.of("ada");
        List.of(one, two, gone).forEach(row -> store.insert(row, UNLIMITED, Set.of(), NOW));
        store.delete(gone.id());
        Instant later = NOW.plusSeconds(90);

        Map<LoginId, Instant> stored =
                store.touchAll(Map.of(one.id(), later, gone.id(), later, two.id(), NOW.minusSeconds(5)), Duration.ZERO);

        assertThat(stored).containsOnly(Map.entry(one.id(), later), Map.entry(two.id(), NOW));
        assertThat(store.findBySubject("gs_", "ada")).containsExactlyInAnyOrder(one.seen(later), two);
        assertThat(store.find(gone.id())).isEmpty();
    }

    /** Another node has noted the login. The store tells when, so that this node notes it again in time. */
    @Test
    void touchAll_notedWithinTheInterval_isNotWritten() {
        LoginStore store = store();
        LoginRow within = Rows.of("ada");
        LoginRow at = Rows.of("ada");
        List.of(within, at).forEach(row -> store.insert(row, UNLIMITED, Set.of(), NOW));
        Duration interval = Duration.ofMinutes(1);
        Instant end = NOW.plus(interval);
        Instant before = end.minus(1, ChronoUnit.MICROS);

        Map<LoginId, Instant> stored = store.touchAll(Map.of(within.id(), before, at.id(), end), interval);

        assertThat(stored).containsOnly(Map.entry(within.id(), NOW), Map.entry(at.id(), end));
        assertThat(store.findBySubject("gs_", "ada")).containsExactlyInAnyOrder(within, at.seen(end));
    }

    @Test
    void touchAll_notedATenthOfTheIdleTimeoutAgo_isWritten() {
        LoginStore store = store();
        LoginRow within = Rows.of("ada");
        LoginRow at = Rows.of("ada");
        List.of(within, at).forEach(row -> store.insert(row, UNLIMITED, Set.of(), NOW));
        Instant tenth = NOW.plus(Rows.IDLE.dividedBy(10));
        Instant before = tenth.minus(1, ChronoUnit.MICROS);

        Map<LoginId, Instant> stored = store.touchAll(Map.of(within.id(), before, at.id(), tenth), Duration.ofHours(1));

        assertThat(stored).containsOnly(Map.entry(within.id(), NOW), Map.entry(at.id(), tenth));
        assertThat(store.findBySubject("gs_", "ada")).containsExactlyInAnyOrder(within, at.seen(tenth));
    }

    @Test
    void touchAll_moreThanAThousand_notesAll() {
        LoginStore store = store();
        List<LoginRow> rows = IntStream.range(0, 1_025)
                .mapToObj(i -> Rows.of("user-" + i % 7))
                .toList();
        rows.forEach(row -> store.insert(row, UNLIMITED, Set.of(), NOW));
        Instant later = NOW.plusSeconds(90);

        Map<LoginId, Instant> seenAt = rows.stream().collect(Collectors.toMap(LoginRow::id, row -> later));
        assertThat(store.touchAll(seenAt, Duration.ofSeconds(90))).isEqualTo(seenAt);

        for (int user = 0; user < 7; user++) {
            assertThat(store.findBySubject("gs_", "user-" + user))
                    .extracting(LoginRow::lastSeenAt)
                    .containsOnly(later);
        }
    }

    @Test
    void deleteAll_someDeletedBefore_deletesTheOthersAndNoMore() {
        LoginStore store = store();
        List<LoginRow> rows =
                IntStream.range(0, 700).mapToObj(i -> Rows.of("user-" + i % 7)).toList();
        rows.forEach(row -> store.insert(row, UNLIMITED, Set.of(), NOW));
        LoginRow kept = rows.get(350);
        store.delete(rows.get(3).id());

        store.deleteAll(
                rows.stream().filter(row -> !row.equals(kept)).map(LoginRow::id).toList());

        assertThat(rows).filteredOn(row -> store.find(row.id()).isPresent()).containsExactly(kept);
        assertThat(store.findBySubject("gs_", kept.subject())).containsExactly(kept);
        assertThat(store.findBySubject("gs_", rows.get(1).subject())).isEmpty();
    }

    @Test
    void insert_32ThreadsAtTheSubjectsLimit_neverOneTooMany() {
        Race.repeat(50, () -> {
            LoginStore store = store();
            List<Boolean> in = Race.run(32, () -> store.insert(Rows.of("ada"), 3, Set.of(), NOW));

            assertThat(in.stream().filter(it -> it)).hasSize(3);
            assertThat(store.findBySubject("gs_", "ada")).hasSize(3);
        });
    }

    @Test
    void find_touchedAgainAndAgain_outlivesManyIdleTimeouts() {
        LoginStore store = store();
        LoginRow row = Rows.of("ada");
        store.insert(row, UNLIMITED, Set.of(), NOW);
        Instant now = NOW;
        for (int i = 0; i < 10; i++) {
            now = now.plus(Rows.IDLE).minusSeconds(1);
            store.touch(row.id(), now);
            store.insert(Rows.of("someone"), UNLIMITED, Set.of(), now);
        }

        assertThat(store.find(row.id())).isPresent();
    }
}
