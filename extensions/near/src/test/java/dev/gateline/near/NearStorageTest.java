package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.Faults;
import dev.gateline.kit.MutableClock;
import dev.gateline.session.AttributeKey;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes with copies, over one memory that stands for a remote store, and feeds that the test holds in its hand. */
class NearStorageTest {
    private static final Duration STALENESS = Duration.ofSeconds(5);

    private final MutableClock clock = new MutableClock();
    private final Storage remote = Storage.inMemory(10_000);
    private final List<HandFeed> feeds = new CopyOnWriteArrayList<>();

    /** Delivers when the test says so. */
    private final class HandFeed implements ChangeFeed {
        private final List<Change> waiting = new CopyOnWriteArrayList<>();
        private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
        private volatile Duration pause = Duration.ZERO;
        private volatile boolean held;
        private volatile boolean away;

        @Override
        public void publish(Change change) {
            feeds.forEach(feed -> feed.arrive(change));
        }

        private void arrive(Change change) {
            if (held) {
                waiting.add(change);
            } else {
                subscribers.forEach(subscriber -> subscriber.changed(change));
            }
        }

        void letGo() {
            held = false;
            waiting.forEach(this::arrive);
            waiting.clear();
        }

        @Override
        public Duration provenWithin() {
            return pause;
        }

        @Override
        public void subscribe(Subscriber subscriber) {
            subscribers.add(subscriber);
            if (!away) {
                reconnect();
            }
        }

        void reconnect() {
            subscribers.forEach(Subscriber::gap);
            proveAsOf(System.nanoTime());
        }

        void proveAsOf(long nanos) {
            subscribers.forEach(subscriber -> subscriber.freshAsOf(nanos));
        }

        void goStale() {
            proveAsOf(System.nanoTime() - STALENESS.toNanos());
        }

        @Override
        public void close() {
            subscribers.clear();
        }
    }

    private static final AttributeKey<String> CART = AttributeKey.of("cart", String.class);
    private static final AttributeKey<String> SEAT = AttributeKey.of("seat", String.class);

    private final class Node {
        private final HandFeed feed = new HandFeed();
        private final Faults faults = new Faults();
        private final AtomicInteger calls = new AtomicInteger();
        private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
        private final NearStorage storage;
        private final SessionAuthenticator gate;

        Node() {
            this(builder -> builder);
        }

        Node(UnaryOperator<NearStorageBuilder> settings) {
            feeds.add(feed);
            NearStorageBuilder builder =
                    settings.apply(NearStorage.builder(SharedStorage.of(faults.around(counted(remote)), feed)));
            builder.upkeepNanos = () -> 0;
            storage = builder.maxStaleness(STALENESS)
                    .clock(clock)
                    .listener(events::add)
                    .build();
            gate = SessionAuthenticator.builder(storage)
                    .clock(clock)
                    .listener(events::add)
                    .build();
        }

        private Storage counted(Storage storage) {
            return Storage.of(
                    counted(LoginStore.class, storage.logins()), counted(RevocationStore.class, storage.revocations()));
        }

        private <T> T counted(Class<T> type, T store) {
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                        calls.incrementAndGet();
                        return method.invoke(store, args);
                    }));
        }

        int callsOf(Runnable what) {
            int before = calls.get();
            what.run();
            return calls.get() - before;
        }

        Grant renewed(Grant grant) {
            return gate.renew(grant.renewal()).toOptional().orElseThrow();
        }

        void assertAccepts(Grant grant) {
            assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
        }

        void assertRefuses(Grant grant, Rejection reason) {
            assertThat(gate.authenticate(grant.access()).rejection()).contains(reason);
        }
    }

    private final Node here = new Node();
    private final Node there = new Node();

    @Test
    void authenticate_seenBefore_asksTheStoreNothing() {
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);

        assertThat(here.callsOf(() -> here.assertAccepts(grant)))
                .as("where it began")
                .isZero();
        assertThat(there.callsOf(() -> there.assertAccepts(grant)))
                .as("elsewhere")
                .isZero();
    }

    @Test
    void operations_ofALoginInUse_callTheStoreAsFewTimesAsTheyWrite() {
        Grant[] grant = new Grant[1];
        assertThat(here.callsOf(() -> grant[0] = here.gate.login(Login.of("ada"))))
                .as("epoch and row")
                .isEqualTo(2);
        assertThat(here.callsOf(() -> here.gate.data(grant[0].loginId()).put(CART, "one towel")))
                .isEqualTo(1);
        here.assertAccepts(grant[0]);
        assertThat(here.callsOf(() -> here.gate.logout(grant[0].access())))
                .as("revocation and row")
                .isEqualTo(2);
    }

    @Test
    void put_copyHasTheSameDataAndTheStoreNewerOnes_isWrittenOverThem() {
        LoginId id = here.gate.login(Login.of("ada")).loginId();
        here.gate.data(id).put(CART, "one towel");
        assertThat(there.gate.data(id).find(CART)).contains("one towel");
        there.feed.held = true;
        here.gate.data(id).put(CART, "two towels");

        there.gate.data(id).put(CART, "one towel");

        assertThat(here.gate.data(id).find(CART)).contains("one towel");
    }

    @Test
    void put_copyIsOld_keepsWhatTheStoreHas() {
        LoginId id = here.gate.login(Login.of("ada")).loginId();
        assertThat(there.gate.data(id).find(CART)).isEmpty();
        there.feed.held = true;
        here.gate.data(id).put(CART, "two towels");

        there.gate.data(id).put(SEAT, "12");

        assertThat(here.gate.data(id).find(CART)).contains("two towels");
        assertThat(here.gate.data(id).find(SEAT)).contains("12");
    }

    @Test
    void logout_deletionFailedBefore_endsItAgain() {
        Grant grant = here.gate.login(Login.of("ada"));
        remote.revocations()
                .revoke(Revocation.ofLogin(grant.loginId(), clock.instant().plusSeconds(60)), clock.instant());
        here.feed.arrive(new Change.OfRevocation(
                Revocation.ofLogin(grant.loginId(), clock.instant().plusSeconds(60))));

        assertThat(here.gate.logout(grant.access()).toOptional()).contains(grant.loginId());

        assertThat(remote.logins().find(grant.loginId())).isEmpty();
    }

    @Test
    void logout_elsewhere_isRefusedOnceItIsHeard() {
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);

        here.gate.logout(grant.access());

        assertThat(there.gate.authenticate(grant.access()).toOptional()).isEmpty();
    }

    @Test
    void endAll_elsewhere_isRefusedOnceItIsHeardAndALaterLoginIsNot() {
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);

        here.gate.logins().endAll("ada");
        Grant later = here.gate.login(Login.of("ada"));

        assertThat(there.gate.authenticate(grant.access()).toOptional()).isEmpty();
        there.assertAccepts(later);
    }

    @Test
    void logout_notYetHeard_isAcceptedWithinTheStalenessAndNoLonger() {
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);
        there.feed.held = true;
        here.gate.logout(grant.access());
        there.assertAccepts(grant);

        there.feed.goStale();

        assertThat(there.gate.authenticate(grant.access()).toOptional()).isEmpty();
    }

    @Test
    void logout_notYetHeardButAuthoritative_isRefused() {
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);
        there.feed.held = true;

        here.gate.logout(grant.access());

        assertThat(there.gate
                        .authenticate(grant.access(), Requirement.none().authoritative())
                        .toOptional())
                .isEmpty();
    }

    @Test
    void authenticate_staleAndStoreAway_isAnOutageAndNeverAnAnswer() {
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);
        there.faults.down();
        there.assertAccepts(grant);

        there.feed.goStale();

        assertThatExceptionOfType(AuthUnavailableException.class)
                .isThrownBy(() -> there.gate.authenticate(grant.access()));
        there.faults.none();
        there.assertAccepts(grant);
        there.feed.proveAsOf(System.nanoTime());
        there.assertAccepts(grant);
        assertThat(there.callsOf(() -> there.assertAccepts(grant))).isZero();
    }

    @Test
    void feed_lostAndRegained_isTold() {
        Grant grant = here.gate.login(Login.of("ada"));
        assertThat(there.events).doesNotHaveAnyElementsOfTypes(AuthEvent.FeedLost.class);

        there.feed.goStale();
        there.assertAccepts(grant);
        there.assertAccepts(grant);
        there.feed.proveAsOf(System.nanoTime());

        assertThat(there.events.stream().filter(AuthEvent.FeedLost.class::isInstance))
                .hasSize(1);
        assertThat(there.events.stream().filter(AuthEvent.FeedRegained.class::isInstance))
                .hasSize(1);
    }

    @Test
    void renew_elsewhereAndNotYetHeard_theNewIdIsAcceptedAtOnce() {
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);
        there.feed.held = true;
        Grant renewed = here.gate.renew(grant.renewal()).toOptional().orElseThrow();
        here.assertAccepts(renewed);

        there.assertAccepts(renewed);
        there.assertAccepts(grant);

        there.feed.letGo();
        clock.advance(Duration.ofSeconds(71));
        there.assertAccepts(renewed);
        there.assertRefuses(grant, Rejection.REUSED);
    }

    @Test
    void renew_keptElsewhereAndNotYetHeard_isKeptHereToo() {
        Grant grant = here.renewed(here.gate.login(Login.of("ada")));
        clock.advance(Duration.ofMinutes(3));
        assertThat(here.renewed(grant).renewal()).isEqualTo(grant.renewal());
        there.assertAccepts(grant);
        there.feed.held = true;
        clock.advance(Duration.ofSeconds(60));
        assertThat(here.renewed(grant).renewal()).isEqualTo(grant.renewal());
        clock.advance(Duration.ofSeconds(10));

        assertThat(there.renewed(grant).renewal()).isEqualTo(grant.renewal());
        assertThat(here.renewed(grant).renewal()).isEqualTo(grant.renewal());
    }

    @Test
    void reauthenticate_elsewhere_oldIdIsWorthNothingOnceItIsHeard() {
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);

        Grant again = here.gate
                .reauthenticate(grant.renewal(), Login.of("ada"))
                .toOptional()
                .orElseThrow();

        there.assertRefuses(grant, Rejection.UNKNOWN);
        there.assertAccepts(again);
    }

    @Test
    void authenticate_usedElsewhere_isNotIdleHere() {
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);
        clock.advance(Duration.ofMinutes(29));
        here.assertAccepts(grant);
        here.gate.close();
        clock.advance(Duration.ofMinutes(29));

        there.assertAccepts(grant);
    }

    @Test
    void authenticate_noted_isNotNotedAgainWithinTheInterval() {
        Grant grant = here.gate.login(Login.of("ada"));
        clock.advance(Duration.ofMinutes(1));
        assertThat(here.callsOf(() -> {
                    here.assertAccepts(grant);
                    here.gate.close();
                }))
                .as("touch")
                .isEqualTo(1);

        assertThat(here.callsOf(() -> here.assertAccepts(grant))).isZero();
    }

    @Test
    void change_thatOvertakesALoad_wins() {
        Grant grant = here.gate.login(Login.of("ada"));
        LoginId id = grant.loginId();
        HandFeed feed = new HandFeed();
        AtomicInteger loads = new AtomicInteger();
        LoginStore overtaken = LoginStore.class.cast(Proxy.newProxyInstance(
                LoginStore.class.getClassLoader(), new Class<?>[] {LoginStore.class}, (proxy, method, args) -> {
                    Object found = method.invoke(remote.logins(), args);
                    if (loads.incrementAndGet() == 1) {
                        assertThat(remote.logins().delete(id)).isNotNull();
                        feed.subscribers.forEach(subscriber -> subscriber.changed(new Change.OfRow(id)));
                    }
                    return found;
                }));
        try (NearStorage storage =
                NearStorage.over(SharedStorage.of(Storage.of(overtaken, remote.revocations()), feed))) {
            assertThat(storage.logins().find(id))
                    .as("as it was when it was read")
                    .isPresent();

            assertThat(storage.logins().find(id)).isEmpty();
        }
    }

    @Test
    void gap_always_forgetsCopiesAndReadsRevocationsAgain() {
        Grant ended = here.gate.login(Login.of("ada"));
        Grant other = here.gate.login(Login.of("ada"));
        there.assertAccepts(ended);
        there.assertAccepts(other);
        there.feed.held = true;
        here.gate.logout(ended.access());
        there.feed.waiting.clear();

        there.feed.reconnect();

        assertThat(there.gate.authenticate(ended.access()).toOptional()).isEmpty();
        there.assertAccepts(other);
    }

    /** A primary that is lost with its last writes leaves the row, and not its revocation. */
    private Storage withRowsOf(List<Grant> grants) {
        Storage left = Storage.inMemory(1_000);
        grants.forEach(grant -> remote.logins()
                .find(grant.loginId())
                .ifPresent(row -> assertThat(left.logins().insert(row, LoginLimit.UNLIMITED, Set.of(), clock.instant()))
                        .isTrue()));
        return left;
    }

    /** A node that has heard of all endings, and finds itself before another store. */
    private final class Survivor {
        private final HandFeed feed = new HandFeed();
        private final Faults faults = new Faults();
        private final Storage left;
        private final NearStorage near;
        private final SessionAuthenticator gate;

        Survivor(Storage left) {
            this.left = left;
            feeds.add(feed);
            NearStorageBuilder builder = NearStorage.builder(SharedStorage.of(faults.around(left), feed));
            builder.upkeepNanos = () -> 0;
            near = builder.clock(clock).build();
            gate = SessionAuthenticator.builder(near).clock(clock).build();
            remote.revocations().forEachLive(clock.instant(), this::hear);
        }

        void hear(Revocation revocation) {
            feed.subscribers.forEach(subscriber -> subscriber.changed(new Change.OfRevocation(revocation)));
        }

        long rowsOf(List<Grant> grants) {
            return grants.stream()
                    .filter(grant -> left.logins().find(grant.loginId()).isPresent())
                    .count();
        }

        List<Revocation> revocations() {
            List<Revocation> there = new ArrayList<>();
            left.revocations().forEachLive(clock.instant(), there::add);
            return there;
        }
    }

    @Test
    void gap_storeThatLostAnEnding_isGivenItAgainAndTheRowIsDeleted() {
        Grant grant = here.gate.login(Login.of("ada"));
        Storage left = withRowsOf(List.of(grant));
        here.gate.logout(grant.access());
        Survivor node = new Survivor(left);

        node.feed.reconnect();
        node.near.keepUp();

        assertThat(node.gate.authenticate(grant.access()).toOptional()).isEmpty();
        assertThat(node.revocations())
                .extracting(Revocation::key)
                .contains(grant.loginId().value());
        assertThat(node.rowsOf(List.of(grant))).isZero();
    }

    /** The store alone does not know of it: the node does. */
    @Test
    void authenticate_authoritativeAtAStoreThatLostTheEnding_isRefusedByWhoKnows() {
        Grant grant = here.gate.login(Login.of("ada"));
        Storage left = withRowsOf(List.of(grant));
        here.gate.logout(grant.access());
        Survivor node = new Survivor(left);

        assertThat(node.gate
                        .authenticate(grant.access(), Requirement.none().authoritative())
                        .rejection())
                .contains(Rejection.REVOKED);
    }

    @Test
    void endAll_storeThatForgotTheHighestEpoch_endsWhatItLists() {
        long far = remote.revocations().epoch() + Duration.ofDays(100).toMillis() * 1_000;
        remote.revocations().raiseEpoch("gs_ somebody", far, clock.instant(), clock.instant());
        Grant grant = here.gate.login(Login.of("ada"));
        Survivor node = new Survivor(withRowsOf(List.of(grant)));

        node.gate.logins().endAll("ada");

        assertThat(node.gate.authenticate(grant.access()).toOptional()).isEmpty();
        assertThat(node.revocations())
                .filteredOn(it -> it.key().equals("gs_ ada"))
                .hasSize(1)
                .allSatisfy(it -> assertThat(it.epoch()).isGreaterThan(far));
        assertThat(node.gate
                        .authenticate(node.gate.login(Login.of("ada")).access())
                        .rejection())
                .isEmpty();
    }

    @Test
    void gap_storeThatForgotTheHighestEpoch_isGivenItAgain() {
        Survivor node = new Survivor(withRowsOf(List.of()));
        long far = remote.revocations().epoch() + Duration.ofDays(100).toMillis() * 1_000;
        node.hear(Revocation.ofGroup("gs_ ada", far, clock.instant().plusSeconds(60)));

        node.feed.reconnect();

        assertThat(node.left.revocations().epoch()).isGreaterThanOrEqualTo(far);
    }

    @Test
    void authenticate_knownToHaveEnded_asksNobody() {
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);
        here.gate.logout(grant.access());

        assertThat(there.callsOf(
                        () -> assertThat(there.gate.authenticate(grant.access()).toOptional())
                                .isEmpty()))
                .isZero();
    }

    @Test
    void health_always_saysHowTheNodeStands() {
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);
        here.gate.logins().endAll("grace");

        NearStorage.Health health = there.storage.health();

        assertThat(health.fresh()).isTrue();
        assertThat(health.age()).hasValueSatisfying(age -> assertThat(age).isLessThan(STALENESS));
        assertThat(health.copies()).isEqualTo(1);
        assertThat(health.revocations()).isEqualTo(1);
        assertThat(health.clockOffset()).isZero();
        there.feed.goStale();
        assertThat(there.storage.health().fresh()).isFalse();
    }

    @Test
    void feed_neverThereYet_isNotToldAsLost() {
        HandFeed feed = new HandFeed();
        feed.away = true;
        List<AuthEvent> events = new CopyOnWriteArrayList<>();
        try (NearStorage storage = NearStorage.builder(SharedStorage.of(remote, feed))
                .listener(events::add)
                .build()) {
            assertThat(storage.logins().find(new LoginId("A".repeat(22)))).isEmpty();
        }

        assertThat(events).isEmpty();
    }

    @Test
    void gap_storeThatLostOnlyTheDeletionOfARow_deletesItAgain() {
        Grant grant = here.gate.login(Login.of("ada"));
        Storage left = withRowsOf(List.of(grant));
        here.gate.logout(grant.access());
        remote.revocations()
                .forEachLive(clock.instant(), revocation -> left.revocations().revoke(revocation, clock.instant()));
        Survivor node = new Survivor(left);

        node.feed.reconnect();
        node.near.keepUp();

        assertThat(node.rowsOf(List.of(grant))).isZero();
    }

    @Test
    void gap_storeThatLostAnEndingAndWasAwayForLong_isGivenItAgain() {
        Grant grant = here.gate.login(Login.of("ada"));
        Storage left = withRowsOf(List.of(grant));
        here.gate.logout(grant.access());
        Survivor node = new Survivor(left);

        clock.advance(Duration.ofMinutes(20));
        for (int i = 0; i < 20; i++) {
            node.hear(Revocation.ofToken("t" + i, clock.instant().plusSeconds(60)));
        }
        node.feed.subscribers.forEach(ChangeFeed.Subscriber::gap);

        assertThat(node.gate
                        .authenticate(grant.access(), Requirement.none().authoritative())
                        .rejection())
                .as("before its row is deleted")
                .contains(Rejection.REVOKED);
        node.feed.proveAsOf(System.nanoTime());
        node.near.keepUp();
        assertThat(node.rowsOf(List.of(grant))).isZero();
    }

    @Test
    void gap_manyEndingsAndAStoreThatFails_allRowsAreDeletedInTheEnd() {
        List<Grant> grants = Stream.generate(() -> here.gate.login(Login.of("ada")))
                .limit(90)
                .collect(Collectors.toCollection(ArrayList::new));
        for (int i = 0; i < 5; i++) {
            String user = "user" + i;
            Stream.generate(() -> here.gate.login(Login.of(user))).limit(90).forEach(grants::add);
        }
        Storage left = withRowsOf(grants);
        grants.forEach(grant -> here.gate.logout(grant.access()));
        Survivor node = new Survivor(left);

        node.feed.subscribers.forEach(ChangeFeed.Subscriber::gap);
        node.feed.proveAsOf(System.nanoTime());
        node.faults.down();
        assertThatThrownBy(node.near::keepUp).isInstanceOf(Faults.BrokenStoreException.class);
        assertThat(node.rowsOf(grants))
                .as("nothing is done on the feed's thread")
                .isEqualTo(540);
        node.faults.none();
        node.near.keepUp();

        assertThat(node.rowsOf(grants)).isZero();
    }

    /**
     * Nodes at which nothing happens remember revocations that the store has forgotten. They must not hold them against
     * new logins.
     */
    @Test
    void login_longAfterEndAllWhereTheStoreForgetsAndNodesDoNot_isAccepted() {
        KeyRing keys = KeyRing.generate(Algorithm.HS256);
        List<Authenticator> gates = Stream.of(here, there)
                .<Authenticator>map(node -> JwtAuthenticator.builder(node.storage, keys)
                        .issuer("https://park.example")
                        .audience("park-api")
                        .absoluteTimeout(Duration.ofHours(8))
                        .clock(clock)
                        .build())
                .toList();
        gates.get(0).login(Login.of("ada"));
        gates.get(0).logins().endAll("ada");

        clock.advance(Duration.ofDays(2));
        for (int i = 0; i < 20; i++) {
            remote.revocations()
                    .revoke(Revocation.ofToken("t" + i, clock.instant().plusSeconds(60)), clock.instant());
        }
        Grant later = gates.get(0).login(Login.of("ada"));

        assertThat(gates)
                .allSatisfy(gate -> assertThat(gate.authenticate(later.access()).rejection())
                        .isEmpty());
    }

    /**
     * The primary was lost with the ending of all; the node knows of it, and gives it back after the user has come
     * again.
     */
    @Test
    void login_beforeALostEndingIsGivenBack_goesOn() {
        here.gate.logins().endAll("ada");
        Survivor node = new Survivor(withRowsOf(List.of()));

        Grant again = node.gate.login(Login.of("ada"));
        node.feed.reconnect();

        assertThat(node.revocations()).extracting(Revocation::key).contains("gs_ ada");
        assertThat(node.gate
                        .authenticate(again.access(), Requirement.none().authoritative())
                        .rejection())
                .isEmpty();
    }

    @Test
    void build_storeAway_startsAndAnswersUnavailableUntilItIsThere() {
        Faults faults = new Faults();
        faults.down();
        HandFeed feed = new HandFeed();
        feed.away = true;
        NearStorage storage = NearStorage.over(SharedStorage.of(faults.around(remote), feed));
        SessionAuthenticator gate =
                SessionAuthenticator.builder(storage).clock(clock).build();
        Grant grant = here.gate.login(Login.of("ada"));
        assertThatExceptionOfType(AuthUnavailableException.class).isThrownBy(() -> gate.authenticate(grant.access()));

        faults.none();
        feed.reconnect();

        assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
    }

    @Tag("slow")
    @Test
    void logout_elsewhere1000TimesUnderLoad_isNeverAcceptedAfterwards() {
        for (int i = 0; i < 1_000; i++) {
            Grant grant = here.gate.login(Login.of("user-" + i % 10));
            CompletableFuture<Void> loading = CompletableFuture.runAsync(() -> {
                for (int j = 0; j < 20; j++) {
                    there.gate.authenticate(grant.access());
                }
            });
            here.gate.logout(grant.access());

            assertThat(there.gate.authenticate(grant.access()).toOptional()).isEmpty();
            loading.join();
            assertThat(there.gate.authenticate(grant.access()).toOptional()).isEmpty();
        }
    }

    @Test
    void build_settingsOutOfRange_areRefused() {
        NearStorageBuilder builder = NearStorage.builder(SharedStorage.of(remote, new HandFeed()));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxStaleness(Duration.ofMillis(999)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxStaleness(Duration.ofSeconds(61)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.capacity(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.remember(Duration.ofMinutes(10).minusNanos(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.remember(Duration.ofDays(7).plusNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.rememberedEndings(999));
        assertThat(builder.maxStaleness(Duration.ofSeconds(1))
                        .maxStaleness(Duration.ofMinutes(1))
                        .capacity(1)
                        .remember(Duration.ofMinutes(10))
                        .remember(Duration.ofDays(7))
                        .rememberedEndings(1_000))
                .isSameAs(builder);
    }

    @Test
    void rateLimits_ofTheSharedStorage_areThoseOfTheNode() {
        try (NearStorage near = NearStorage.over(SharedStorage.of(remote, new HandFeed()))) {
            assertThat(near.rateLimits()).isPresent().isEqualTo(remote.rateLimits());
        }
    }

    @Test
    void find_beyondTheCapacity_readsFromTheStoreAgain() {
        HandFeed feed = new HandFeed();
        try (NearStorage small =
                NearStorage.builder(SharedStorage.of(remote, feed)).capacity(1).build()) {
            SessionAuthenticator gate =
                    SessionAuthenticator.builder(small).clock(clock).build();
            Grant one = gate.login(Login.of("ada"));
            Grant two = gate.login(Login.of("grace"));

            assertThat(List.of(one, two))
                    .allSatisfy(grant -> assertThat(
                                    gate.authenticate(grant.access()).rejection())
                            .isEmpty());
        }
    }

    @Test
    void strict_eachRequest_asksTheStoreAndSeesEveryEndingAsItReturns() {
        Node here = new Node();
        Node there = new Node(NearStorageBuilder::authoritative);
        Grant grant = here.gate.login(Login.of("ada"));
        there.assertAccepts(grant);
        assertThat(there.callsOf(() -> there.assertAccepts(grant))).isPositive();
        there.feed.held = true;

        here.gate.logout(grant.access());

        there.assertRefuses(grant, Rejection.UNKNOWN);
    }

    @Test
    void build_maxStalenessBelowTwiceTheFeedsPause_isRefusedWithBothFigures() {
        HandFeed feed = new HandFeed();
        NearStorageBuilder builder = NearStorage.builder(SharedStorage.of(remote, feed));
        builder.maxStaleness(Duration.ofSeconds(2));

        feed.pause = Duration.ofMillis(1_001);
        assertThatIllegalArgumentException()
                .isThrownBy(builder::build)
                .withMessageContaining("PT1.001S")
                .withMessageContaining("PT2S")
                .withMessageContaining("pollInterval");
        feed.pause = Duration.ofSeconds(1);
        builder.build().close();
    }
}
