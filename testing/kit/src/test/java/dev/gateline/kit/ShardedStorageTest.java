package dev.gateline.kit;

import static dev.gateline.LoginLimit.UNLIMITED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.LoginId;
import dev.gateline.kit.Faults.BrokenStoreException;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.RateLimitStore;
import dev.gateline.store.RateLimitStore.Rate;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.ShardedStorage;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import dev.gateline.store.Written;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShardedStorageTest {
    private static final Instant NOW = Rows.NOW;
    private static final Instant UNTIL = NOW.plus(Duration.ofMinutes(7));
    private static final List<String> USERS =
            IntStream.range(0, 60).mapToObj(each -> "user " + each).toList();

    private final Map<String, Faults> faults = new TreeMap<>();
    private final Map<String, Storage> memories = new HashMap<>();
    private final ShardedStorage storage = sharded("a", "b", "c");
    private final LoginStore logins = storage.logins();
    private final RevocationStore revocations = storage.revocations();

    private ShardedStorage sharded(String... names) {
        Map<String, Storage> parts = new LinkedHashMap<>();
        for (String name : names) {
            memories.put(name, Storage.inMemory(10_000));
            faults.put(name, new Faults());
            parts.put(name, faults.get(name).around(memories.get(name)));
        }
        return ShardedStorage.of(parts);
    }

    private LoginRow stored(String subject) {
        LoginRow row = row(subject);
        assertThat(logins.insert(row, UNLIMITED, Set.of(), NOW)).isTrue();
        return row;
    }

    private LoginRow row(String subject) {
        LoginRow row = Rows.of(subject);
        LoginId id = storage.newLoginId(row.realm(), subject);
        return new LoginRow(id, row.realm(), subject, row.version(), row.lastSeenAt(), row.state());
    }

    private List<LoginRow> storedForAll() {
        return USERS.stream().map(this::stored).toList();
    }

    /** The name of the shard that has the row. */
    private String shardOf(LoginRow row) {
        List<String> shards = memories.entrySet().stream()
                .filter(each -> each.getValue().logins().find(row.id()).isPresent())
                .map(Map.Entry::getKey)
                .toList();
        assertThat(shards).hasSize(1);
        return shards.get(0);
    }

    /** Breaks a shard, and returns the rows that it has and those of the others. */
    private Map<Boolean, List<LoginRow>> breakA() {
        Map<Boolean, List<LoginRow>> rows = storedForAll().stream()
                .collect(Collectors.partitioningBy(row -> shardOf(row).equals("a")));
        faults.get("a").down();
        return rows;
    }

    private Revocable token(String tokenId, LoginRow row, long epoch) {
        return new Revocable(row.realm(), tokenId, row.id().value(), row.subject(), epoch);
    }

    private long epoch(LoginId id) {
        return storage.partOf(id).revocations().epoch();
    }

    private Revocable login(LoginRow row, long epoch) {
        return token("", row, epoch);
    }

    @Test
    void newLoginId_anyUser_isOfTheShardThatCountsAndListsTheUsersLogins() {
        for (String user : USERS) {
            LoginRow first = stored(user);
            assertThat(logins.insert(row(user), 1, Set.of(), NOW)).isFalse();
            assertThat(logins.insert(row(user), 1, Set.of(first.id()), NOW)).isTrue();
            assertThat(logins.findBySubject("gs_", user)).hasSize(2).contains(first);
        }
    }

    @Test
    void partOf_anyLogin_isThePartThatKeepsIt() {
        for (LoginRow row : storedForAll()) {
            Storage part = storage.partOf(row.id());
            assertThat(storage.parts()).contains(part);
            assertThat(part.logins().find(row.id())).contains(row);
        }
        Storage one = Storage.inMemory(1);
        assertThat(one.partOf(one.newLoginId("gs_", "ada"))).isSameAs(one);
        assertThat(one.parts()).containsExactly(one);
    }

    @Test
    void insert_idOfAnotherShard_isRefused() {
        LoginRow ada = stored("ada");
        List<LoginRow> elsewhere = USERS.stream()
                .map(this::stored)
                .filter(row -> !shardOf(row).equals(shardOf(ada)))
                .map(row -> new LoginRow(row.id(), "gs_", "ada", 1, NOW, row.state()))
                .toList();

        assertThat(elsewhere)
                .isNotEmpty()
                .allSatisfy(row -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> logins.insert(row, UNLIMITED, Set.of(), NOW))
                        .withMessage(
                                "row of a new login: an id by newLoginId for its subject, was one of another shard"));
    }

    @Test
    void of_threeNames_divideUsersEvenly() {
        Map<String, Long> rows = IntStream.range(0, 900)
                .mapToObj(each -> shardOf(stored("user" + each)))
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(rows).containsOnlyKeys("a", "b", "c");
        assertThat(rows.values()).allMatch(count -> count > 200 && count < 400);
    }

    /** Nodes of other versions have to find these logins where this version puts them. */
    @Test
    void of_threeNames_putKeysWhereEachVersionPutsThem() {
        Map<String, String> right =
                Map.of("ada", "a", "grace", "b", "edsger", "c", "barbara", "c", "tony", "a", "zo\u00eb", "a");

        assertThat(right)
                .allSatisfy((user, shard) -> assertThat(shardOf(stored(user))).isEqualTo(shard));
    }

    @Test
    void of_otherOrderAndOneMoreName_movesOnlyWhatTheNewShardTakes() {
        List<LoginRow> rows = storedForAll();
        Map<String, Storage> more = new LinkedHashMap<>();
        more.put("d", Storage.inMemory(10));
        List.of("c", "a", "b").forEach(name -> more.put(name, memories.get(name)));
        Map<String, Storage> reordered = new LinkedHashMap<>(more);
        reordered.remove("d");

        assertThat(rows)
                .allMatch(row ->
                        ShardedStorage.of(reordered).logins().find(row.id()).isPresent());
        LoginStore grown = ShardedStorage.of(more).logins();
        assertThat(rows.stream().filter(row -> grown.find(row.id()).isEmpty()).count())
                .isBetween(5L, 30L);
    }

    @Test
    void rows_ofAllShards_areFoundReplacedNotedAndDeleted() {
        List<LoginRow> rows = storedForAll();
        Map<LoginId, Instant> uses = rows.stream().collect(Collectors.toMap(LoginRow::id, row -> NOW.plusSeconds(1)));

        assertThat(logins.touchAll(uses, Duration.ZERO)).isEqualTo(uses);
        for (LoginRow row : rows) {
            assertThat(logins.find(row.id())).contains(row.seen(NOW.plusSeconds(1)));
            assertThat(logins.findAuthoritative(row.id())).isPresent();
            assertThat(logins.findInMemory(row.id())).isPresent();
            assertThat(logins.touch(row.id(), NOW.plusSeconds(2))).isEqualTo(Written.DONE);
            LoginRow next = Rows.next(row, NOW.plusSeconds(3));
            assertThat(logins.replace(next, row.version(), NOW)).isEqualTo(Written.DONE);
            assertThat(logins.find(row.id())).contains(next);
        }
        assertThat(logins.delete(rows.get(0).id())).isEqualTo(Written.DONE);
        logins.deleteAll(rows.stream().map(LoginRow::id).toList());
        assertThat(rows).allMatch(row -> logins.find(row.id()).isEmpty());
    }

    @Test
    void revoke_loginOrUser_isKeptByOneShardAndSeenByAllQuestions() {
        List<LoginRow> rows = storedForAll();
        List<LoginRow> users = storedForAll();
        rows.forEach(row -> revocations.revoke(Revocation.ofLogin(row.id(), UNTIL), NOW));
        users.forEach(row -> {
            String group = Revocable.subjectKey(row.realm(), row.subject());
            long before = epoch(row.id());
            assertThat(revocations.raiseEpoch(group, before, NOW, UNTIL)).isGreaterThan(before);
            assertThat(revocations.isRevoked(login(row, before))).isTrue();
            assertThat(revocations.isRevoked(login(row, epoch(row.id())))).isFalse();
        });

        assertThat(rows)
                .allMatch(row -> revocations.isRevoked(login(row, Long.MAX_VALUE))
                        && revocations.isRevokedAuthoritatively(login(row, Long.MAX_VALUE))
                        && revocations.mayBeRevoked(login(row, Long.MAX_VALUE)));
        assertThat(users)
                .noneMatch(row -> revocations.isRevoked(login(row, Long.MAX_VALUE))
                        || revocations.isRevokedAuthoritatively(login(row, Long.MAX_VALUE))
                        || revocations.mayBeRevoked(login(row, Long.MAX_VALUE)));
        assertThat(revocations.countLive(NOW)).isEqualTo(rows.size() + USERS.size());
        List<Revocation> live = new ArrayList<>();
        revocations.forEachLive(NOW, live::add);
        assertThat(live).hasSize(rows.size() + USERS.size()).doesNotHaveDuplicates();
    }

    /** A token of another issuer has an id that nobody drew for its subject. */
    @Test
    void isRevoked_loginOfAnotherShardThanItsUser_knowsTheEndingsOfBoth() {
        List<LoginRow> rows =
                IntStream.range(0, 50).mapToObj(each -> Rows.of("ada")).toList();
        assertThat(rows).noneMatch(row -> revocations.isRevoked(login(row, 1)));

        revocations.revoke(Revocation.ofGroup(Revocable.subjectKey("gs_", "ada"), 2, UNTIL), NOW);
        assertThat(rows).allMatch(row -> revocations.isRevoked(login(row, 1)));
        assertThat(rows).noneMatch(row -> revocations.isRevoked(login(row, 2)));

        revocations.revokeAll(
                rows.stream().map(row -> Revocation.ofLogin(row.id(), UNTIL)).toList(), NOW);
        assertThat(rows).allMatch(row -> revocations.isRevoked(login(row, 2)));
    }

    @Test
    void revoke_singleTokenOrTokensBeforeAStepUp_isKnownWhateverTheirLogin() {
        for (LoginRow row : storedForAll()) {
            String old = Revocable.tokensKey(row.id(), 3);
            Revocable tokens = new Revocable("gs_", "", old, row.id().value(), row.subject(), Long.MAX_VALUE);
            assertThat(revocations.isRevoked(tokens)).isFalse();
            revocations.revokeAll(
                    List.of(Revocation.ofToken(old, UNTIL), Revocation.ofToken("of " + row.id(), UNTIL)), NOW);

            assertThat(revocations.isRevoked(tokens)).isTrue();
            assertThat(revocations.isRevoked(token("of " + row.id(), row, Long.MAX_VALUE)))
                    .isTrue();
            assertThat(revocations.isRevoked(login(row, Long.MAX_VALUE))).isFalse();
        }
    }

    @Test
    void raiseEpoch_ofEverybody_endsAllLoginsAlthoughTheShardsAreInDifferentEpochs() {
        List<LoginRow> rows = storedForAll();
        memories.get("b").revocations().raiseEpoch("gs_ somebody", revocations.epoch() + 1_000_000_000, NOW, UNTIL);
        Map<LoginRow, Long> before = rows.stream().collect(Collectors.toMap(row -> row, row -> epoch(row.id())));

        long raised = revocations.raiseEpoch("gs_", 0, NOW, UNTIL);

        assertThat(before).allSatisfy((row, epoch) -> {
            assertThat(revocations.isRevoked(login(row, epoch))).isTrue();
            assertThat(revocations.isRevoked(login(row, raised - 1))).isTrue();
            assertThat(epoch(row.id())).isGreaterThanOrEqualTo(raised);
            assertThat(revocations.isRevoked(login(row, raised))).isFalse();
        });
    }

    @Test
    void oneShardDown_itsLoginsFail_othersStartAndEndAsEver() {
        Map<Boolean, List<LoginRow>> rows = breakA();

        assertThat(rows.get(true)).isNotEmpty().allSatisfy(row -> {
            assertThatThrownBy(() -> logins.find(row.id())).isInstanceOf(BrokenStoreException.class);
            assertThatThrownBy(() -> revocations.isRevoked(login(row, 1))).isInstanceOf(BrokenStoreException.class);
        });
        for (LoginRow row : rows.get(false)) {
            LoginRow second = stored(row.subject());
            long before = epoch(second.id());
            assertThat(revocations.isRevoked(second.revocable())).isFalse();
            revocations.revoke(Revocation.ofLogin(row.id(), UNTIL), NOW);
            assertThat(revocations.isRevoked(row.revocable())).isTrue();
            revocations.raiseEpoch(Revocable.subjectKey("gs_", row.subject()), before, NOW, UNTIL);
            assertThat(revocations.isRevoked(login(second, before))).isTrue();
        }
    }

    @Test
    void oneShardDown_whatConcernsAll_throwsAndReachesTheOthers() {
        Map<Boolean, List<LoginRow>> rows = breakA();
        List<LoginRow> others = rows.get(false);
        List<LoginId> ids = Stream.concat(rows.get(true).stream(), others.stream())
                .map(LoginRow::id)
                .toList();
        Map<LoginId, Instant> uses = ids.stream().collect(Collectors.toMap(id -> id, id -> NOW.plusSeconds(9)));

        assertThatThrownBy(() -> logins.touchAll(uses, Duration.ZERO)).isInstanceOf(BrokenStoreException.class);
        assertThat(others)
                .allMatch(
                        row -> logins.find(row.id()).orElseThrow().lastSeenAt().equals(NOW.plusSeconds(9)));

        assertThatThrownBy(() -> revocations.revoke(Revocation.ofToken("t", UNTIL), NOW))
                .isInstanceOf(BrokenStoreException.class);
        assertThat(others).allMatch(row -> revocations.isRevoked(token("t", row, Long.MAX_VALUE)));

        Map<LoginRow, Long> before = others.stream().collect(Collectors.toMap(row -> row, row -> epoch(row.id())));
        assertThatThrownBy(() -> revocations.raiseEpoch(RevocationStore.ALL_REALMS, 0, NOW, UNTIL))
                .isInstanceOf(BrokenStoreException.class);
        assertThat(before)
                .allSatisfy((row, epoch) ->
                        assertThat(revocations.isRevoked(login(row, epoch))).isTrue());

        assertThatThrownBy(() -> logins.deleteAll(ids)).isInstanceOf(BrokenStoreException.class);
        assertThat(others).allMatch(row -> logins.find(row.id()).isEmpty());
    }

    @Test
    void severalShardsDown_firstFailureIsThrown_othersAreSuppressed() {
        List<LoginId> ids = storedForAll().stream().map(LoginRow::id).toList();
        faults.get("a").down();
        faults.get("c").down();

        assertThatThrownBy(() -> logins.deleteAll(ids))
                .isInstanceOf(BrokenStoreException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void subscribe_endingsOfAnyShard_areTold() {
        List<String> told = new ArrayList<>();
        revocations.subscribe(new RevocationStore.Listener() {
            @Override
            public void revoked(Revocation revocation) {
                told.add(revocation.key());
            }

            @Override
            public void missed() {}
        });
        List<LoginRow> rows = storedForAll();
        rows.forEach(row -> revocations.revoke(Revocation.ofLogin(row.id(), UNTIL), NOW));

        assertThat(told)
                .containsExactlyElementsOf(
                        rows.stream().map(row -> row.id().value()).toList());
    }

    @Test
    void rateLimits_ofAllShards_areOneEach() {
        Map<String, Storage> whole = new HashMap<>(memories);
        RateLimitStore limits = ShardedStorage.of(whole).rateLimits().orElseThrow();
        Rate rate = new Rate(1, Duration.ofMinutes(1));
        for (int i = 0; i < 20; i++) {
            assertThat(limits.take("name" + i, rate, NOW)).isZero();
            assertThat(limits.take("name" + i, rate, NOW)).isPositive();
            limits.giveBack("name" + i, rate, NOW);
            assertThat(limits.take("name" + i, rate, NOW)).isZero();
        }

        whole.put("d", Storage.of(logins, revocations));
        assertThat(ShardedStorage.of(whole).rateLimits()).isEmpty();
    }

    @Test
    void close_oneShardFails_othersAreClosed() {
        List<String> closed = new ArrayList<>();
        Map<String, Storage> shards = new LinkedHashMap<>();
        for (String name : List.of("a", "b", "c")) {
            shards.put(name, new Closing(name, closed));
        }
        shards.put("memory", Storage.inMemory(1));

        assertThatThrownBy(ShardedStorage.of(shards)::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a shard could not be closed");
        assertThat(closed).containsExactly("a", "c");
    }

    private record Closing(String name, List<String> closed) implements Storage, AutoCloseable {
        @Override
        public LoginStore logins() {
            return Storage.inMemory(1).logins();
        }

        @Override
        public RevocationStore revocations() {
            return Storage.inMemory(1).revocations();
        }

        @Override
        public void close() throws IOException {
            if (name.equals("b")) {
                throw new IOException("broken");
            }
            closed.add(name);
        }
    }

    @Test
    void of_badShards_areRefused() {
        Storage one = Storage.inMemory(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShardedStorage.of(Map.of()))
                .withMessage("shards: at least 1 storage, was none");
        for (String name : List.of("", "a b", "\u00e4", "a".repeat(41))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ShardedStorage.of(Map.of(name, one)))
                    .withMessage("name of a shard: 1 to 40 visible ASCII characters, was " + name);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShardedStorage.of(Map.of("a", one, "b", one)))
                .withMessage("shards: a storage for each name, was the same storage for two names");
        ShardedStorage sharded = ShardedStorage.of(Map.of("a", one));
        assertThat(sharded.shards()).isEqualTo(Map.of("a", one));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShardedStorage.of(Map.of("a", sharded)))
                .withMessage("shards: no sharded storage among them; name its shards instead");
    }

    @Test
    void sharedStorage_ofShards_isRefused() {
        ChangeFeed feed = ChangeFeed.inProcess();
        String rule = "shared storage: not a sharded storage; make each of its shards a shared storage";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedStorage.of(storage, feed))
                .withMessage(rule);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SharedStorage.announcing(storage, feed))
                .withMessage(rule);
    }
}
