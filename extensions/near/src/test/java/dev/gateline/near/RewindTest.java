package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginId;
import dev.gateline.LoginLimit;
import dev.gateline.kit.MutableClock;
import dev.gateline.kit.Patience;
import dev.gateline.kit.Rows;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.LoginRow;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Standing;
import dev.gateline.store.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fail-over after which the feed knows since when changes are lost: nothing is read that this node knows. */
class RewindTest {
    private final MutableClock clock = new MutableClock();
    private final HandFeed feed = new HandFeed();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Revocation> given = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private RevocationStore server = Storage.inMemory(1).revocations();
    private @Nullable Instant mark = clock.instant();
    private int run;
    private int markedBy;
    private boolean away;
    private Runnable afterLook = () -> {};
    private Runnable afterWrite = () -> {};

    private long passed;

    private final NearStorage node = node(builder -> builder);

    private NearStorage node(UnaryOperator<NearStorageBuilder> settings) {
        NearStorageBuilder builder = settings.apply(NearStorage.builder(
                        SharedStorage.of(Storage.of(Storage.inMemory(10).logins(), store()), feed))
                .clock(clock));
        builder.nanos = this::now;
        builder.upkeepNanos = () -> 0;
        return builder.build();
    }

    private long now() {
        return System.nanoTime() + passed;
    }

    /** Lets time pass at a node that hears of no change and leaves its mark. */
    private void pass(Duration time) {
        passed += time.toNanos();
        clock.advance(time);
        node.keepUp();
        feed.prove();
    }

    /** Delivers when the test says so. */
    private final class HandFeed implements ChangeFeed {
        private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
        private boolean held;

        @Override
        public void publish(Change change) {
            if (held) {
                return;
            }
            subscribers.forEach(subscriber -> subscriber.changed(change));
        }

        @Override
        public void subscribe(Subscriber subscriber) {
            subscribers.add(subscriber);
            gap();
        }

        void gap() {
            subscribers.forEach(Subscriber::gap);
            prove();
        }

        void rewound(long nanos) {
            subscribers.forEach(subscriber -> subscriber.rewound(nanos));
        }

        void prove() {
            subscribers.forEach(subscriber -> subscriber.freshAsOf(now()));
        }

        @Override
        public void close() {
            subscribers.clear();
        }
    }

    private RevocationStore store() {
        return RevocationStore.class.cast(Proxy.newProxyInstance(
                RevocationStore.class.getClassLoader(),
                new Class<?>[] {RevocationStore.class},
                (proxy, method, args) -> {
                    if (away) {
                        throw new AuthUnavailableException("away");
                    }
                    calls.add(method.getName());
                    return switch (method.getName()) {
                        case "standing" -> looked();
                        case "mark" -> mark((Instant) args[0]);
                        case "vouch" -> vouch((Standing) args[0]);
                        default -> atServer(method.getName(), () -> method.invoke(server, args), args);
                    };
                }));
    }

    private interface Call {
        Object call() throws ReflectiveOperationException;
    }

    private Object atServer(String name, Call call, Object... args) throws Throwable {
        if (name.equals("revokeAll")) {
            ((Collection<?>) args[0]).forEach(each -> given.add((Revocation) each));
        }
        try {
            Object answer = call.call();
            if (Set.of("revoke", "revokeAll", "raiseEpoch").contains(name)) {
                Runnable once = afterWrite;
                afterWrite = () -> {};
                once.run();
            }
            return answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Standing standing() {
        Instant at = mark;
        return at == null
                ? Standing.unmarked(clock.instant(), "run " + run)
                : Standing.marked(clock.instant(), "run " + run, at, "run " + markedBy);
    }

    private Standing looked() {
        Standing seen = standing();
        Runnable once = afterLook;
        afterLook = () -> {};
        once.run();
        return seen;
    }

    private Standing mark(Instant last) {
        Instant at = mark;
        if (at != null && markedBy == run && !at.isBefore(last)) {
            mark = clock.instant();
        }
        return standing();
    }

    private Optional<Standing> vouch(Standing seen) {
        if (!seen.run().equals("run " + run)) {
            return Optional.empty();
        }
        mark = clock.instant();
        markedBy = run;
        return Optional.of(standing());
    }

    private static Revocable login(String id) {
        return new Revocable("gs_", "", id, "ada", Long.MAX_VALUE);
    }

    private Revocation ending(String id) {
        return Revocation.ofLogin(new LoginId(id), clock.instant().plus(Duration.ofMinutes(6)));
    }

    private Revocation end(String id) {
        Revocation ending = ending(id);
        node.revocations().revoke(ending, clock.instant());
        return ending;
    }

    /** The new server has the same mark, and these revocations only. */
    private void failOver(Revocation... kept) {
        server = Storage.inMemory(1).revocations();
        server.revokeAll(List.of(kept), clock.instant());
        run++;
        calls.clear();
        given.clear();
    }

    private void deliver(Revocation... there) {
        List.of(there).forEach(each -> feed.subscribers.forEach(it -> it.changed(new Change.OfRevocation(each))));
    }

    private void assertEnded(String... ids) {
        for (String id : ids) {
            assertThat(node.revocations().isRevoked(login(id)))
                    .as(id + " at the node")
                    .isTrue();
            assertThat(server.isRevoked(login(id))).as(id + " at the server").isTrue();
        }
    }

    private boolean isVouchedFor() {
        return standing().isSameRun();
    }

    @BeforeEach
    void listen() {
        node.revocations().subscribe(new RevocationStore.Listener() {
            @Override
            public void revoked(Revocation revocation) {
                heard.add(revocation.key());
            }

            @Override
            public void missed() {
                heard.add("missed");
            }
        });
    }

    @AfterEach
    void close() {
        node.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void loss_untilTheStoreWasAsked_nothingInMemoryCounts(boolean rewinds) {
        LoginRow row = Rows.of("ada");
        assertThat(node.logins().insert(row, LoginLimit.UNLIMITED, Set.of(), clock.instant()))
                .isTrue();
        assertThat(node.logins().findInMemory(row.id())).isPresent();
        List<Boolean> fresh = new ArrayList<>();
        failOver();
        afterLook = () -> fresh.add(node.health().fresh());

        if (rewinds) {
            feed.rewound(now());
        } else {
            feed.gap();
        }
        feed.prove();

        assertThat(fresh).containsExactly(false);
        assertThat(node.health().fresh()).isTrue();
        assertThat(node.logins().findInMemory(row.id())).isEmpty();
    }

    /** A node remembers the endings of an hour. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gap_storeWentBackByMoreThanIsRemembered_endsAllUnlessTheWiringForbidsIt(boolean forbids) {
        List<AuthEvent> events = new CopyOnWriteArrayList<>();
        NearStorage other = node(builder ->
                (forbids ? builder.insecureEndedLoginsMayComeBackAfterALongLoss() : builder).listener(events::add));
        feed.prove();
        Revocable before =
                new Revocable("gs_", "", "login", "ada", other.revocations().epoch());
        assertThat(other.revocations().isRevoked(before)).isFalse();
        mark = clock.instant().minus(Duration.ofHours(2));
        failOver();

        feed.gap();
        clock.advance(Duration.ofSeconds(10));
        passed += Duration.ofSeconds(10).toNanos();
        other.keepUp();

        assertThat(isVouchedFor()).isTrue();
        assertThat(other.revocations().isRevoked(before)).isEqualTo(!forbids);
        assertThat(server.isRevoked(before)).isEqualTo(!forbids);
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        AuthEvent.StoreWentBack.class,
                        told -> assertThat(told.allEnded()).isEqualTo(!forbids));
    }

    /** Another thread does the next step. */
    @Test
    void eachStep_isOver_letsTheUpkeepIn() {
        for (Runnable step : List.<Runnable>of(
                feed::gap, () -> failOver(end("one")), () -> feed.rewound(now()), feed::prove, node::keepUp)) {
            step.run();
            assertThat(CompletableFuture.runAsync(node::keepUp, task -> new Thread(task).start()))
                    .succeedsWithin(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void freshAsOf_timeOfARevocationIsOver_forgetsIt() {
        end("ended");
        assertThat(node.health().revocations()).isEqualTo(1);

        pass(Duration.ofMinutes(5));
        assertThat(node.health().revocations()).isEqualTo(1);
        pass(Duration.ofMinutes(2));

        assertThat(node.health().revocations()).isZero();
    }

    @Test
    void freshAsOf_upkeepIsDue_leavesAMark() {
        NearStorageBuilder builder = NearStorage.builder(
                        SharedStorage.of(Storage.of(Storage.inMemory(10).logins(), store()), feed))
                .clock(clock);
        builder.upkeepNanos = this::now;
        try (NearStorage other = builder.build()) {
            calls.clear();
            passed += Duration.ofSeconds(1).toNanos();

            feed.prove();

            Patience.await("the mark", () -> calls.contains("mark"));
            assertThat(other.health().fresh()).isTrue();
        }
        assertThat(feed.subscribers).as("the feed is closed").isEmpty();
    }

    @Test
    void rewind_again_isFromTheEarlierMomentOn() {
        assertThat(new Rewind(5).again(3).since()).isEqualTo(3);
        assertThat(new Rewind(5).again(7).since()).isEqualTo(5);
    }

    @Test
    void sawBefore_messageThatWasSentAsTheLookWasOver_countsAsLater() {
        Rewind rewind = new Rewind(5);
        assertThat(rewind.sawBefore(9)).isFalse();

        rewind.saw(new Continuity.Loss(1, Duration.ZERO, false, standing()), 9);

        assertThat(rewind.sawBefore(9)).isTrue();
        assertThat(rewind.sawBefore(8)).isFalse();
    }

    @Test
    void rewound_storeLostSomeEndings_isGivenTheseAloneAndNothingIsRead() {
        Revocation old = end("old");
        long moment = now();
        Revocation kept = end("kept");
        Revocation lost = end("lost");
        failOver(old, kept);
        Revocation unknown = ending("unknown");
        server.revoke(unknown, clock.instant());

        feed.rewound(moment);
        deliver(kept, unknown);
        feed.prove();

        assertThat(node.health().fresh()).isTrue();
        assertThat(calls).doesNotContain("forEachLive");
        assertThat(given).extracting(Revocation::key).containsExactly("lost");
        assertThat(given.get(0).until()).isEqualTo(lost.until());
        assertEnded("old", "kept", "lost", "unknown");
        assertThat(isVouchedFor()).isTrue();
        assertThat(heard).contains("unknown").doesNotContain("missed");
    }

    @Test
    void rewound_storeLostATokenAndAGroup_isGivenThem() {
        long moment = now();
        Instant until = clock.instant().plus(Duration.ofMinutes(6));
        node.revocations().revoke(Revocation.ofToken("token", until), clock.instant());
        long epoch = node.revocations().raiseEpoch("gs_ ada", 0, clock.instant(), until);
        failOver();

        feed.rewound(moment);
        feed.prove();

        assertThat(calls).doesNotContain("forEachLive");
        assertThat(server.isRevoked(new Revocable("gs_", "token", "l", "eve", epoch)))
                .isTrue();
        assertThat(server.isRevoked(new Revocable("gs_", "", "l", "ada", epoch - 1)))
                .isTrue();
        assertThat(server.epoch()).isGreaterThanOrEqualTo(epoch);
    }

    /** The store has the first ending of a login, and not the later one that lasts longer. */
    @Test
    void rewound_storeLostTheLongerOfTwoEndings_isGivenIt() {
        Revocation shorter = end("l");
        long moment = now();
        clock.advance(Duration.ofMinutes(1));
        Revocation longer = end("l");
        failOver(shorter);

        feed.rewound(moment);
        deliver(shorter);
        feed.prove();

        assertThat(given).extracting(Revocation::until).containsExactly(longer.until());
    }

    /** The fail-over may have brought the row back. */
    @Test
    void rewound_endingOfTheLastMinuteWhoseTimeIsSoonOver_isProlonged() {
        Revocation soon =
                Revocation.ofLogin(new LoginId("soon"), clock.instant().plusSeconds(30));
        node.revocations().revoke(soon, clock.instant());
        Revocation later = end("later");
        long moment = now();
        failOver(soon, later);

        feed.rewound(moment);
        feed.prove();

        assertThat(given).extracting(Revocation::key).containsExactly("soon");
        assertThat(given.get(0).until()).isAfter(clock.instant().plus(Duration.ofMinutes(4)));
    }

    @Test
    void freshAsOf_sentBeforeTheLookAtTheMark_provesNothing() {
        end("old");
        long moment = now();
        failOver();
        long sent = now();

        feed.rewound(moment);
        feed.subscribers.forEach(subscriber -> subscriber.freshAsOf(sent));

        assertThat(node.health().fresh()).isFalse();
        assertThat(isVouchedFor()).isFalse();
        feed.prove();
        assertThat(node.health().fresh()).isTrue();
        assertThat(isVouchedFor()).isTrue();
    }

    @Test
    void rewound_always_trustsNothingUntilTheProof() {
        long moment = now();
        failOver();
        Revocation unknown = ending("unknown");
        server.revoke(unknown, clock.instant());

        feed.rewound(moment);

        assertThat(node.health().fresh()).isFalse();
        assertThat(node.revocations().isRevoked(login("unknown"))).isTrue();
        assertThat(calls).contains("isRevoked");
    }

    @Test
    void rewound_storeWithoutAMark_isRead() {
        long moment = now();
        Revocation lost = end("lost");
        failOver();
        mark = null;

        feed.rewound(moment);
        feed.prove();

        assertThat(calls).contains("forEachLive");
        assertThat(given).contains(lost);
        assertThat(heard).contains("missed");
    }

    /** The feed and the mark don't agree, so one of them did not come with the history of the server. */
    @Test
    void rewound_markIsOlderThanTheMoment_isRead() {
        Revocation old = end("old");
        long moment = now();
        failOver();
        mark = clock.instant().minus(Duration.ofSeconds(90));

        feed.rewound(moment);
        feed.prove();

        assertThat(calls).contains("forEachLive");
        assertThat(given).contains(old);
        assertEnded("old");
    }

    @Test
    void rewound_toBeforeTheLastReading_isRead() {
        long moment = now();
        Revocation lost = ending("lost");
        server.revoke(lost, clock.instant());
        feed.gap();
        failOver();

        feed.rewound(moment);
        feed.prove();

        assertThat(calls).contains("forEachLive");
        assertEnded("lost");
    }

    @Test
    void rewound_moreWasHeardThanIsRemembered_isRead() {
        long moment = now();
        Revocation lost = end("lost");
        IntStream.range(0, 50_001).forEach(i -> deliver(lost));
        failOver();

        feed.rewound(moment);
        feed.prove();

        assertThat(calls).contains("forEachLive");
        assertEnded("lost");
    }

    @Test
    void rewound_moreIsHeardMeanwhileThanIsRemembered_isRead() {
        long moment = now();
        end("lost");
        failOver();

        feed.rewound(moment);
        IntStream.range(0, 50_001).forEach(i -> deliver(ending("other")));
        feed.prove();

        assertThat(calls).contains("forEachLive");
        assertEnded("lost");
        assertThat(isVouchedFor()).isTrue();
    }

    /** The feed tells a subscriber that fails of a gap. */
    @Test
    void rewound_storeIsAwayWhenItHasToBeRead_provesNothingBeforeItWasRead() {
        long moment = now();
        end("lost");
        failOver();
        feed.rewound(moment);
        IntStream.range(0, 50_001).forEach(i -> deliver(ending("other")));
        away = true;
        assertThatThrownBy(feed::prove).isInstanceOf(AuthUnavailableException.class);
        assertThat(node.health().fresh()).isFalse();
        away = false;

        feed.prove();

        assertThat(node.health().fresh()).isTrue();
        assertEnded("lost");
    }

    /** The call stands still for a whole fail-over and recovery. */
    @ParameterizedTest
    @ValueSource(strings = {"revoke", "revokeAll", "raiseEpoch"})
    void write_storeFailsOverBeforeTheCallIsOver_isWrittenAgain(String how) {
        long moment = now();
        afterWrite = () -> {
            failOver();
            feed.rewound(moment);
            feed.prove();
            assertThat(node.health().fresh()).isTrue();
        };
        Instant until = clock.instant().plus(Duration.ofMinutes(6));

        RevocationStore revocations = node.revocations();
        if (how.equals("revoke")) {
            revocations.revoke(ending("l"), clock.instant());
        } else if (how.equals("revokeAll")) {
            revocations.revokeAll(List.of(ending("l")), clock.instant());
        } else {
            long unused = revocations.raiseEpoch("gs_ ada", revocations.epoch(), clock.instant(), until);
        }

        assertThat(server.isRevoked(new Revocable("gs_", "", "l", "ada", 0))).isTrue();
    }

    @Test
    void rewound_storeThatIsAwayForAMoment_isLookedAtWithTheNextProof() {
        long moment = now();
        end("lost");
        failOver();
        away = true;

        feed.rewound(moment);
        feed.prove();
        assertThat(node.health().fresh()).isFalse();
        away = false;
        feed.prove();
        assertThat(node.health().fresh()).isFalse();
        away = true;
        feed.prove();
        assertThat(node.health().fresh()).isFalse();
        away = false;
        feed.prove();

        assertThat(node.health().fresh()).isTrue();
        assertThat(calls).doesNotContain("forEachLive");
        assertEnded("lost");
        assertThat(isVouchedFor()).isTrue();
    }

    /** The second server has all that the feed had read at the first one, which lacked the ending. */
    @Test
    void rewound_againBeforeTheFirstRecoveryIsOver_givesBackAllThatWasLost() {
        long moment = now();
        end("lost");
        failOver();
        feed.rewound(moment);
        long later = now();
        failOver();

        feed.rewound(later);
        feed.prove();

        assertThat(calls).doesNotContain("forEachLive");
        assertEnded("lost");
    }

    @Test
    void rewound_storeLosesWhatItWasGivenBack_isGivenItOnceMore() {
        long moment = now();
        end("lost");
        failOver();
        feed.rewound(moment);
        long later = now();
        feed.held = true;
        feed.prove();
        assertEnded("lost");
        failOver();

        feed.rewound(later);
        feed.prove();

        assertThat(calls).doesNotContain("forEachLive");
        assertThat(given).extracting(Revocation::key).containsExactly("lost");
        assertEnded("lost");
    }

    /** The mark shows the loss a moment before the feed does. */
    @Test
    void keepUp_feedHasNotToldOfTheLossYet_readsNothingBeforeTheNextTurn() {
        Revocation old = end("old");
        long moment = now();
        end("lost");
        failOver(old);
        node.keepUp();
        assertThat(calls).doesNotContain("forEachLive");

        feed.rewound(moment);
        feed.prove();
        node.keepUp();

        assertThat(calls).doesNotContain("forEachLive");
        assertEnded("old", "lost");
        assertThat(isVouchedFor()).isTrue();
    }

    @Test
    void keepUp_feedDoesNotTellOfALoss_readsAtTheNextTurn() {
        end("lost");
        failOver();
        node.keepUp();
        feed.prove();

        node.keepUp();

        assertThat(calls).contains("forEachLive");
        assertEnded("lost");
        assertThat(isVouchedFor()).isTrue();
    }

    /** The feed tells of that server later. */
    @Test
    void rewound_storeFailsOverAfterTheLook_isNotVouchedFor() {
        Revocation old = end("old");
        long moment = now();
        failOver(old);
        afterLook = this::failOver;

        feed.rewound(moment);
        feed.prove();

        assertThat(isVouchedFor()).isFalse();
        node.keepUp();
        node.keepUp();
        assertEnded("old");
        assertThat(isVouchedFor()).isTrue();
    }

    @Test
    void gap_duringARecovery_readsTheStore() {
        long moment = now();
        Revocation lost = end("lost");
        failOver();
        feed.rewound(moment);

        feed.gap();

        assertThat(calls).contains("forEachLive");
        assertThat(given).containsExactly(lost);
        assertThat(node.health().fresh()).isTrue();
        given.clear();
        feed.prove();
        assertThat(given).isEmpty();
    }

    /** The time of the ending is over, but the fail-over brings back the row. Only the feed knows since when. */
    @Test
    void gap_storeIsAwayAtFirst_givesBackAllThatEndedSinceTheMomentOfTheFeed() {
        long moment = now();
        end("old");
        pass(Duration.ofMinutes(10));
        failOver();
        away = true;
        feed.rewound(moment);
        assertThatThrownBy(feed::gap).isInstanceOf(AuthUnavailableException.class);
        away = false;

        feed.gap();

        assertThat(given).extracting(Revocation::key).containsExactly("old");
    }

    @Test
    void rewound_momentOfTheFeedIsMinutesAgo_isRead() {
        pass(Duration.ofMinutes(10));
        long moment = now();
        end("lost");
        pass(Duration.ofMinutes(3));
        failOver();

        feed.rewound(moment);

        assertThat(calls).contains("forEachLive");
        assertEnded("lost");
    }

    /** The store may forget the endings that it had when the node looked. */
    @Test
    void rewound_proofComesMinutesAfterTheLook_isRead() {
        pass(Duration.ofMinutes(10));
        long moment = now();
        end("lost");
        failOver();
        feed.rewound(moment);
        assertThat(calls).doesNotContain("forEachLive");
        passed += Duration.ofMinutes(3).toNanos();

        feed.prove();

        assertThat(calls).contains("forEachLive");
        assertEnded("lost");
        assertThat(isVouchedFor()).isTrue();
    }

    @Test
    void rewound_manyLost_areGivenBackInPages() {
        long moment = now();
        List<String> ids = new ArrayList<>();
        IntStream.range(0, 1_200).forEach(i -> ids.add("lost-" + i));
        ids.forEach(this::end);
        failOver();

        feed.rewound(moment);
        feed.prove();

        assertEnded(ids.toArray(String[]::new));
        assertThat(calls.stream().filter("revokeAll"::equals)).hasSize(3);
    }
}
