package dev.gateline.redis;

import static dev.gateline.LoginLimit.UNLIMITED;
import static dev.gateline.kit.Rows.ABSOLUTE;
import static dev.gateline.kit.Rows.IDLE;
import static dev.gateline.kit.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.internal.Micros;
import dev.gateline.kit.Race;
import dev.gateline.kit.Rows;
import dev.gateline.servers.Await;
import dev.gateline.servers.RedisCluster;
import dev.gateline.servers.RedisServer;
import dev.gateline.servers.RedisServer.Version;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.KeyRingStore;
import dev.gateline.store.KeyRingStore.Document;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Written;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisStorageTest {

    /** The time by which rows and indexes outlive their use, and the minute of {@link #ttl}. */
    private static final Duration SPARE = Duration.ofMinutes(62);

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    /** Each is somebody else. */
    private static final List<String> LOOK_ALIKES = List.of(
            "ada",
            "ADA",
            "ada ",
            "ada\0",
            "ada\r\n",
            "ada}",
            "{ada}",
            "?",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "\ufffd",
            "\u20ac".repeat(255),
            "\ud800".repeat(255),
            "");

    private final String prefix = TestStorage.freshPrefix();
    private final List<RedisStorage> storages = new ArrayList<>();
    private final List<RedisServer> servers = new ArrayList<>();

    @AfterEach
    void close() {
        storages.forEach(RedisStorage::close);
        servers.forEach(RedisServer::close);
    }

    private RedisStorage storage(RedisStorageBuilder builder) {
        return opened(builder.keyPrefix(TestStorage.freshPrefix()));
    }

    private RedisStorage opened(RedisStorageBuilder builder) {
        RedisStorage storage = builder.build();
        storages.add(storage);
        return storage;
    }

    private RedisStorage on(Version version) {
        return on(RedisServer.shared(version));
    }

    private RedisStorage on(RedisServer server) {
        return storage(RedisStorage.builder(server.uri()));
    }

    private RedisStorage onCluster() {
        return storage(RedisStorage.cluster(RedisCluster.shared().uris().get(0)));
    }

    private RedisServer server(Version version, String... settings) {
        RedisServer server = RedisServer.start(version, List.of(settings));
        servers.add(server);
        return server;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "redis",
                "redis://",
                "redis://:secret@",
                "http://user:secret@host:6379",
                "redis://user:secret@host:port",
                "redis://user:secret@host:6379#main",
                "redis://user:secret@host:99999",
                "redis://user:secret@host:6379/zero",
                "redis://user:sec#secret@host:6379",
                "redis://user:sec secret@host:6379",
                "redis-sentinel://user:secret@host:26379",
                "redis-sentinel://user:secret@host:26379/0",
            })
    void builder_uriOfSomethingElse_isRefusedWithoutThePassword(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStorage.builder(uri))
                .withMessageStartingWith("uri: ")
                .withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis-sentinel://user:secret@host:26379/0#main",
                "redis://user:secret@host:6379/1",
                "rediss://user:secret@host:6379"
            })
    void cluster_uriThatDoesNotFit_isRefusedWithoutThePassword(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisStorage.cluster("redis://user:secret@host:6379", uri))
                .withMessageStartingWith("uri: ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    void builder_settings_areCheckedOnBothSidesOfTheirBounds() {
        RedisStorageBuilder builder = RedisStorage.builder("redis://host:6379");
        for (Duration bad : List.of(Duration.ofMillis(9), Duration.ofSeconds(60).plusNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.timeout(bad))
                    .withMessageContaining(bad.toString());
        }
        for (String bad : List.of("", "p".repeat(41), "a b", "{a}", "a*", "\u00e9", "a\n")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.keyPrefix(bad))
                    .withMessageEndingWith("was " + bad);
        }
        assertThat(builder.timeout(Duration.ofMillis(10)).timeout(Duration.ofMinutes(1)))
                .isSameAs(builder);
        assertThat(builder.keyPrefix("p".repeat(40)).keyPrefix("A-z_0.9:")).isSameAs(builder);
    }

    @Test
    void close_always_endsEverything() {
        RedisStorage storage = on(Version.V7);
        Heard.on(storage);
        storage.close();
        storage.close();

        assertThatThrownBy(() -> storage.logins().find(new LoginId("l"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void find_interrupted_isAnOutageAndTheThreadStaysInterrupted() {
        RedisStorage storage = on(Version.V7);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> storage.logins().find(new LoginId("l"))).isInstanceOf(AuthUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void storages_ofDifferentPrefixes_shareNothing() {
        RedisStorage one = on(Version.V7);
        RedisStorage other = on(Version.V7);
        Heard heard = Heard.on(other);
        LoginRow row = Rows.of("ada");
        one.logins().insert(row, UNLIMITED, Set.of(), NOW);
        long above = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) + TimeUnit.DAYS.toMicros(1);
        long raised = one.revocations().raiseEpoch("gs_ ada", above, NOW, NOW.plus(ABSOLUTE));
        one.keyRing("ring").replace(new Document(1, "secret"), KeyRingStore.NONE);
        heard.awaitFresh();

        assertThat(other.logins().find(row.id())).isEmpty();
        assertThat(other.logins().findBySubject("gs_", "ada")).isEmpty();
        assertThat(other.revocations().epoch()).isLessThan(raised);
        assertThat(other.keyRing("ring").load()).isEmpty();
        assertThat(heard.changes()).isEmpty();
    }

    @Test
    void findBySubject_lookAlikes_areAllDifferent() {
        for (RedisStorage storage : List.of(on(Version.V7), onCluster())) {
            LoginStore logins = storage.logins();
            List<LoginRow> rows = LOOK_ALIKES.stream().map(Rows::of).toList();
            rows.forEach(row -> assertThat(logins.insert(row, 1, Set.of(), NOW)).isTrue());

            rows.forEach(row -> {
                assertThat(logins.find(row.id())).contains(row);
                assertThat(logins.findBySubject("gs_", row.subject())).containsExactly(row);
                assertThat(logins.insert(Rows.of(row.subject()), 1, Set.of(), NOW))
                        .isFalse();
            });
            rows.forEach(row -> {
                assertThat(logins.delete(row.id())).isEqualTo(Written.DONE);
                assertThat(logins.insert(Rows.of(row.subject()), 1, Set.of(), NOW))
                        .as("deleted from the index too")
                        .isTrue();
            });
        }
    }

    private static Revocable login(String subject, long epoch) {
        return new Revocable("gs_", "", "l1", subject, epoch);
    }

    @Test
    void epoch_lookAlikes_areAllDifferentAndKeptExactly() {
        RedisStorage storage = on(Version.V7);
        Heard heard = Heard.on(storage);
        RevocationStore revocations = storage.revocations();
        List<Long> epochs = LOOK_ALIKES.stream()
                .map(subject -> revocations.raiseEpoch("gs_ " + subject, 0, NOW, NOW.plus(ABSOLUTE)))
                .toList();
        heard.awaitFresh();

        assertThat(epochs).isSorted().doesNotHaveDuplicates();
        for (int i = 0; i < epochs.size(); i++) {
            assertThat(revocations.isRevoked(login(LOOK_ALIKES.get(i), epochs.get(i) - 1)))
                    .isTrue();
            assertThat(revocations.isRevoked(login(LOOK_ALIKES.get(i), epochs.get(i))))
                    .isFalse();
        }
        assertThat(Served.live(revocations))
                .extracting(Revocation::key)
                .containsExactlyInAnyOrderElementsOf(
                        LOOK_ALIKES.stream().map(subject -> "gs_ " + subject).toList());
        assertThat(heard.changes()).hasSameSizeAs(LOOK_ALIKES).doesNotHaveDuplicates();
    }

    @Test
    void keys_always_goByThemselvesAndNotBeforeTheirTime() {
        RedisServer server = server(Version.V7);
        RedisStorage storage = on(server);
        Heard.on(storage);
        Served.calls(storage).values().forEach(Runnable::run);
        Instant now = Instant.now();
        storage.revocations().revoke(Revocation.ofToken("t", now.plus(TEN_MINUTES)), now);
        storage.revocations().raiseEpoch("gs_ ttl", 0, now, now.plus(TEN_MINUTES));
        LoginRow row = loggedIn(storage);

        assertThat(ttl(server, "*login:{" + row.id() + "}")).isBetween(IDLE, IDLE.plus(SPARE));
        assertThat(ttl(server, "*subject:{ttl}")).isBetween(ABSOLUTE, ABSOLUTE.plus(SPARE));
        for (String set : List.of("*}:token", "*}:group", "*}:epochs")) {
            assertThat(ttl(server, set))
                    .isBetween(TEN_MINUTES, ABSOLUTE.plus(SPARE).plus(SPARE));
        }
        assertThat(keys(server, "*").stream().filter(key -> ttl(server, key).isNegative()))
                .hasSize(2)
                .anyMatch(key -> key.endsWith(":keyring:one"))
                .anyMatch(key -> key.endsWith(":revocations:{shared}:epoch"));

        storage.logins().touch(row.id(), row.state().endsAt().minusSeconds(60));
        assertThat(ttl(server, "*login:{" + row.id() + "}"))
                .as("up to the absolute limit")
                .isBetween(ABSOLUTE, ABSOLUTE.plus(SPARE));
        server.ask("PEXPIRE", keys(server, "*login:{" + row.id() + "}").get(0), "1");
        Await.until("the row is gone", () -> storage.logins().find(row.id()).isEmpty());
        assertThat(storage.logins().findBySubject("gs_", "ttl")).isEmpty();
        assertThat(keys(server, "*subject:{ttl}")).as("its entry with it").isEmpty();
    }

    /** By the server's clock, by which keys go. */
    private static LoginRow loggedIn(RedisStorage storage) {
        Grant grant = SessionAuthenticator.builder(storage)
                .idleTimeout(IDLE)
                .absoluteTimeout(ABSOLUTE)
                .build()
                .login(Login.of("ttl"));
        return storage.logins().find(grant.loginId()).orElseThrow();
    }

    /** Rows that are dead by every clock go too, whether a node's clock is behind or their dates are of long ago. */
    @Test
    void keys_ofDatesLongAgo_goWithinTheHour() {
        RedisServer server = server(Version.V7);
        RedisStorage storage = on(server);
        Instant longAgo = Instant.EPOCH.plusSeconds(1);
        Grant unused = SessionAuthenticator.builder(storage)
                .clock(Clock.fixed(longAgo, ZoneOffset.UTC))
                .build()
                .login(Login.of("old"));
        storage.revocations().revoke(Revocation.ofToken("t", longAgo.plus(ABSOLUTE)), longAgo);

        for (String key : List.of("*login:*", "*subject:*", "*}:token")) {
            assertThat(ttl(server, key)).isBetween(Duration.ofMinutes(4), SPARE);
        }
    }

    private static List<String> keys(RedisServer server, String pattern) {
        return server.ask("KEYS", pattern)
                .lines()
                .filter(line -> line.contains(":"))
                .toList();
    }

    /** A little more than it is now, as the test takes its time. */
    private static Duration ttl(RedisServer server, String pattern) {
        String answer = server.ask("PTTL", keys(server, pattern).get(0))
                .lines()
                .toList()
                .get(0);
        long millis = Long.parseLong(answer.substring(1));
        return Duration.ofMillis(millis).plusMinutes(millis < 0 ? 0 : 1);
    }

    /** The place in the cluster that this test looks into. */
    private RedisStorage place(String user) {
        int port = RedisCluster.shared().servers().get(0).port();
        return opened(
                RedisStorage.cluster("redis://" + user + "127.0.0.1:" + port).keyPrefix(prefix));
    }

    private static RedisServer holderOf(String key) {
        return RedisCluster.shared().servers().stream()
                .filter(server -> !server.ask("EXISTS", key).startsWith("-MOVED"))
                .findFirst()
                .orElseThrow();
    }

    private static int size(String index) {
        return Integer.parseInt(holderOf(index).ask("ZCARD", index).strip().substring(1));
    }

    /** The server of the index failed over and has lost its last writes; that of the row has not. */
    @Test
    void cluster_indexHasLostItsEntry_hasItAgainOnceTheRowIsReplaced() {
        RedisStorage storage = place("");
        LoginRow row = Rows.of("lost");
        storage.logins().insert(row, UNLIMITED, Set.of(), NOW);
        String index = prefix + ":subject:{lost}";
        holderOf(index).ask("DEL", index);
        assertThat(storage.logins().findBySubject("gs_", "lost")).isEmpty();

        LoginRow next = new LoginRow(row.id(), row.realm(), row.subject(), 1, NOW, row.state());
        assertThat(storage.logins().replace(next, row.version(), NOW)).isEqualTo(Written.DONE);

        assertThat(storage.logins().findBySubject("gs_", "lost")).containsExactly(next);
        assertThat(holderOf(index).ask("PTTL", index)).doesNotContain("-");
        storage.logins().delete(row.id());
        assertThat(size(index)).isZero();
    }

    @Test
    void cluster_rowCouldNotBeWritten_leavesNothingThatCounts() {
        RedisCluster.shared()
                .servers()
                .forEach(server -> server.ask("ACL SETUSER half on >secret ~* +@all -hset".split(" ")));
        RedisStorage half = place("half:secret@");
        assertThatThrownBy(() -> half.logins().insert(Rows.of("half"), 1, Set.of(), NOW))
                .isInstanceOf(AuthUnavailableException.class);

        assertThat(size(prefix + ":subject:{half}")).isZero();
        assertThat(place("").logins().insert(Rows.of("half"), 1, Set.of(), NOW)).isTrue();
    }

    /** One subject for all visitors, say: nobody lists them, and nothing is counted. */
    @Test
    void cluster_indexOfASubjectWithoutALimit_doesNotGrow() {
        LoginStore logins = place("").logins();
        String index = prefix + ":subject:{visitors}";
        RedisServer holder = holderOf(index);
        for (int i = 0; i < 500; i++) {
            holder.ask("ZADD", index, "" + Micros.of(NOW.plus(ABSOLUTE)), "\"gs_ 1 " + i + "\"");
        }

        Await.until("strays are dropped", () -> {
            LoginRow row = Rows.of("visitors");
            logins.insert(row, UNLIMITED, Set.of(), NOW);
            logins.delete(row.id());
            return size(index) < 400;
        });
    }

    @Test
    void find_rowUnderTheKeyOfAnother_isTheOther() {
        RedisServer server = RedisServer.shared(Version.V7);
        RedisStorage storage = opened(RedisStorage.builder(server.uri()).keyPrefix(prefix));
        LoginRow row = Rows.of("mixed-up");
        storage.logins().insert(row, UNLIMITED, Set.of(), NOW);
        LoginId other = Rows.of("ada").id();
        server.ask("COPY", prefix + ":login:{" + row.id() + "}", prefix + ":login:{" + other + "}");

        assertThat(storage.logins().find(other)).contains(row);
    }

    /** A subject that logs in and out for years, never with an end. */
    @Test
    void index_ofASubjectWhoseRowsGo_doesNotGrow() {
        RedisStorage storage = on(Version.V7);
        RedisServer server = RedisServer.shared(Version.V7);
        for (int i = 0; i < 200; i++) {
            LoginRow row = Rows.of("grows");
            storage.logins().insert(row, UNLIMITED, Set.of(), NOW);
            server.ask("DEL", keys(server, "*login:{" + row.id() + "}").get(0));
        }

        String size = server.ask("ZCARD", keys(server, "*subject:{grows}").get(0));
        assertThat(Integer.parseInt(size.lines().toList().get(0).substring(1))).isLessThan(20);
    }

    @Test
    void revocations_thatHaveLongDied_areForgottenAndTheirEpochToo() {
        RedisServer server = server(Version.V7);
        RevocationStore revocations = on(server).revocations();
        Instant later = Instant.now();
        Instant before = later.minus(Duration.ofHours(1));
        for (int i = 0; i < 100; i++) {
            revocations.raiseEpoch("gs_ " + i, 0, before, before.plusSeconds(1));
        }
        long highest = revocations.raiseEpoch("gs_ last", 0, before, before.plus(ABSOLUTE));
        for (int i = 0; i < 40; i++) {
            revocations.raiseEpoch("gs_ later", 0, later, later.plus(ABSOLUTE));
        }

        assertThat(server.ask("HLEN", keys(server, "*:epochs").get(0))).startsWith(":2\r");
        assertThat(server.ask("ZCARD", keys(server, "*}:group").get(0))).startsWith(":2\r");
        assertThat(revocations.isRevoked(login("last", highest - 1))).isTrue();
        assertThat(revocations.raiseEpoch("gs_ 1", 0, before, before.plusSeconds(1)))
                .isGreaterThan(highest);
    }

    /** A score is a double: whole microseconds until the year 2255. */
    @Test
    void revoke_untilTheYear2255_isKeptExactly() {
        for (Version version : Version.values()) {
            RevocationStore revocations = on(version).revocations();
            Revocation far = Revocation.ofToken("t", Instant.parse("2255-01-01T00:00:00.123457Z"));
            Revocation epoch = Revocation.ofGroup("gs_ ada", (1L << 53) - 1, far.until());
            revocations.revoke(far, NOW);
            revocations.revoke(epoch, NOW);

            assertThat(Served.live(revocations)).containsExactlyInAnyOrder(far, epoch);
            assertThat(revocations.epoch()).isEqualTo(epoch.epoch());
        }
    }

    /** In a cluster those that have expired are deleted to make room. */
    @Test
    void insert_whileExpiredRowsAreUsed_deletesNoneThatIsLive() {
        LoginStore logins = onCluster().logins();
        Instant now = NOW.plus(IDLE);
        for (int i = 0; i < 10; i++) {
            String subject = "ada" + i;
            List<LoginRow> rows =
                    IntStream.range(0, 20).mapToObj(row -> Rows.of(subject)).toList();
            rows.forEach(row -> logins.insert(row, UNLIMITED, Set.of(), NOW));

            List<List<LoginRow>> used = Race.run(
                    () -> rows.stream()
                            .filter(row -> logins.touch(row.id(), now.minusSeconds(1)) == Written.DONE)
                            .toList(),
                    () -> {
                        logins.insert(Rows.of(subject), 1, Set.of(), now);
                        return List.of();
                    });

            assertThat(used.get(0))
                    .allSatisfy(row -> assertThat(logins.find(row.id())).isPresent());
        }
    }

    @ParameterizedTest
    @EnumSource
    void user_withTheRightsOfTheJavadoc_mayDoEverythingAndNothingElse(Version version) throws IOException {
        RedisServer server = server(version);
        Set<String> rights = rights("one server");
        server.ask(("ACL SETUSER gate on >pa%ss ~p:* " + String.join(" ", rights)).split(" "));
        server.ask("CONFIG", "RESETSTAT");
        RedisStorage storage = RedisStorage.builder("redis://gate:pa%25ss@127.0.0.1:" + server.port())
                .keyPrefix("p")
                .build();
        storages.add(storage);
        Heard.on(storage);

        Served.calls(storage).values().forEach(Runnable::run);
        storage.logins()
                .findBySubject("gs_", "ada")
                .forEach(row -> storage.logins().delete(row.id()));
        server.ask(("ZADD p:revocations:{shared}:token"
                        + " 9000000000000000 t%d".repeat(1_000).formatted(numbers(1_000)))
                .split(" "));
        assertThat(Served.live(storage.revocations())).hasSizeGreaterThan(1_000);
        storage.revocations().revoke(Revocation.ofGroup("gs_ l", 1, NOW.plus(ABSOLUTE)), NOW.plus(ABSOLUTE));

        assertThat(used(List.of(server))).containsExactlyElementsOf(rights);
        RedisStorage elsewhere = RedisStorage.builder("redis://gate:pa%25ss@127.0.0.1:" + server.port())
                .keyPrefix("elsewhere")
                .build();
        storages.add(elsewhere);
        assertThatThrownBy(() -> elsewhere.logins().find(new LoginId("l")))
                .isInstanceOf(AuthUnavailableException.class);
    }

    @Test
    void cluster_withTheRightsOfTheJavadoc_needsNoOthers() throws IOException {
        List<RedisServer> all = RedisCluster.shared().servers();
        Set<String> rights = rights("one server");
        Set<String> more = rights("a cluster");
        rights.addAll(more);
        all.forEach(server -> {
            server.ask(("ACL SETUSER gate on >secret ~p:* " + String.join(" ", rights)).split(" "));
            server.ask("CONFIG", "RESETSTAT");
        });
        RedisStorage storage = RedisStorage.cluster(
                        "redis://gate:secret@127.0.0.1:" + all.get(1).port())
                .keyPrefix("p")
                .build();
        storages.add(storage);
        Heard.on(storage);

        Served.calls(storage).values().forEach(Runnable::run);
        storage.logins()
                .findBySubject("gs_", "ada")
                .forEach(row -> storage.logins().delete(row.id()));
        Served.live(storage.revocations());

        assertThat(used(all)).containsAll(more);
    }

    private static Object[] numbers(int size) {
        return IntStream.range(0, size).boxed().toArray();
    }

    /** As the Javadoc of {@link RedisStorage} lists them. */
    private static Set<String> rights(String where) throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/gateline/redis/RedisStorage.java"))
                .replace("\n * ", " ");
        Matcher list = Pattern.compile(where + ": \\{@code ([^}]*)}").matcher(source);
        assertThat(list.find()).as("listed in the Javadoc").isTrue();
        return new TreeSet<>(List.of(list.group(1).split(" +")));
    }

    /** The commands that a server was asked for, without those that every user may use and those of the test. */
    private static Set<String> used(List<RedisServer> servers) {
        Set<String> others = Set.of("+config|resetstat", "+config", "+hello");
        return servers.stream()
                .flatMap(server -> server.ask("INFO", "commandstats").lines())
                .filter(line -> line.startsWith("cmdstat_") && !line.contains(":calls=0,"))
                .map(line -> '+' + line.substring("cmdstat_".length(), line.indexOf(':')))
                .filter(right -> !others.contains(right))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "volatile-ttl"})
    void policy_thatEvicts_isWarnedOf(String policy) {
        RedisServer server = server(Version.V7, "--maxmemory-policy", policy);
        assertThat(warnings(texts -> {
                    on(server).logins().find(new LoginId("l"));
                    Await.until("warned", () -> !texts.isEmpty());
                }))
                .singleElement()
                .satisfies(text -> assertThat(text).contains(policy));
    }

    @Test
    void policy_ofSeveralConnections_isWarnedOfOnce() {
        EvictionCheck check = new EvictionCheck();

        assertThat(warnings(texts -> check.check("maxmemory_policy:noeviction\r\n")))
                .isEmpty();
        assertThat(warnings(texts -> {
                    check.check("maxmemory_policy:allkeys-random\r\n");
                    check.check("maxmemory_policy:allkeys-random\r\n");
                }))
                .hasSize(1);
    }

    private static List<String> warnings(Consumer<List<String>> action) {
        List<String> texts = new CopyOnWriteArrayList<>();
        Handler handler = collecting(texts);
        Logger logger = Logger.getLogger(RedisStorage.class.getName());
        logger.addHandler(handler);
        try {
            action.accept(texts);
        } finally {
            logger.removeHandler(handler);
        }
        return texts;
    }

    private static Handler collecting(List<String> texts) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                texts.add(record.getMessage() + List.of(record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    /** It may have been replaced: what it says, also that there is nothing, may be old. */
    @ParameterizedTest
    @EnumSource
    void server_thatTakesNoWrites_isAnOutageForReadsToo(Version version) {
        for (String[] demotion : List.of(
                new String[] {"REPLICAOF", "127.0.0.1", "1"},
                new String[] {"CONFIG", "SET", "min-replicas-to-write", "1"})) {
            RedisServer server = server(version);
            RedisStorage storage = on(server);
            Served.calls(storage).values().forEach(Runnable::run);
            server.ask(demotion);

            Served.calls(storage)
                    .forEach((name, call) -> assertThatThrownBy(call::run)
                            .as(name)
                            .isInstanceOf(AuthUnavailableException.class)
                            .hasMessageMatching("Redis refused: (READONLY|NOREPLICAS): .*"));
            assertThatThrownBy(() -> Served.live(storage.revocations())).isInstanceOf(AuthUnavailableException.class);
        }
    }

    @Test
    void refusal_always_quotesNothingThatWasSaid() {
        RedisServer server = server(Version.V7);
        RedisStorage storage = on(server);
        LoginRow row = Rows.of("ada");
        storage.logins().insert(row, UNLIMITED, Set.of(), NOW);
        server.ask("ACL", "SETUSER", "default", "-evalsha");

        assertThatThrownBy(() -> storage.keyRing("ring").replace(new Document(1, "secret"), KeyRingStore.NONE))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessage("Redis refused: NOPERM: the user of the uri lacks a right that the Javadoc of RedisStorage"
                        + " lists")
                .hasNoCause();
        server.ask("ACL", "SETUSER", "default", "+evalsha");
        server.ask("DEL", keys(server, "*login:{" + row.id() + "}").get(0));
        server.ask(
                "SET", keys(server, "*subject:{ada}").get(0).replace("subject:{ada}", "login:{" + row.id() + "}"), "1");
        assertThatThrownBy(() -> storage.logins().find(row.id()))
                .isInstanceOf(AuthUnavailableException.class)
                .hasMessageMatching("Redis refused: WRONGTYPE: .*keyPrefix")
                .hasNoCause();
    }

    @Test
    void refusal_ofOldScripts_isKnownByItsCode() {
        String script = "ERR Error running script (call to f_0b): @user_script:1: @user_script: 1: -";
        assertThat(Stream.of(
                                "NOAUTH",
                                "ERR unknown command `X`, with args beginning with: `-SECRET `",
                                script + "READONLY You",
                                "odd")
                        .map(text -> new RedisCommandExecutionException(text))
                        .map(Refusal::in))
                .extracting(Refusal::code)
                .containsExactly("NOAUTH", "ERR", "READONLY", "for an unknown reason");
    }

    @Test
    void password_thatIsWrong_isAnOutageWithoutIt() {
        RedisServer server = server(Version.V7, "--requirepass", "right");
        for (String uri : List.of(
                "redis://:secret@127.0.0.1:" + server.port(),
                "redis://gate:secret@127.0.0.1:" + server.port(),
                "redis-sentinel://:secret@127.0.0.1:" + server.port() + "/0#main")) {
            RedisStorage storage = storage(RedisStorage.builder(uri));
            assertThatThrownBy(() -> storage.logins().find(new LoginId("l")))
                    .isInstanceOf(AuthUnavailableException.class)
                    .hasMessageStartingWith("Redis ")
                    .satisfies(e -> {
                        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                            assertThat(cause.toString()).doesNotContain("secret");
                        }
                    });
        }
    }
}
