package dev.gateline.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Authenticator;
import dev.gateline.EndReason;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Rejection;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.kit.Faults;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.InProcessFeed;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Streams that are open at one node, while their logins end at another. */
class NearStreamsTest {
    private final KeyRing keys = KeyRing.generate(Algorithm.ES256);
    private final Faults faults = new Faults();
    private final InProcessFeed feed = ChangeFeed.inProcess();

    private List<Function<Storage, Authenticator>> strategies() {
        return List.of(
                storage -> SessionAuthenticator.builder(storage).build(),
                storage -> JwtAuthenticator.builder(storage, keys)
                        .issuer("https://i")
                        .audience("a")
                        .build());
    }

    private NearStorage node(Storage shared) {
        return NearStorage.over(SharedStorage.of(faults.around(shared), feed.another()));
    }

    @Test
    void onEnded_endedAtAnotherNode_isToldWithItsReasonAndRecheckedFromMemory() throws InterruptedException {
        for (Function<Storage, Authenticator> strategy : strategies()) {
            Storage shared = Storage.inMemory(100);
            try (NearStorage one = node(shared);
                    NearStorage other = node(shared);
                    Authenticator here = strategy.apply(one);
                    Authenticator there = strategy.apply(other)) {
                Grant grant = there.login(Login.of("ada"));
                Identity identity =
                        here.authenticate(grant.access()).toOptional().orElseThrow();
                assertThat(here.recheck(identity).rejection()).isEmpty();
                BlockingQueue<Ending> heard = new LinkedBlockingQueue<>();
                var unused = here.onEnded(heard::add);

                faults.down();
                assertThat(here.recheck(identity).rejection()).isEmpty();
                faults.none();
                assertThat(there.logout(grant.access()).toOptional()).isPresent();

                assertThat(heard.poll(20, TimeUnit.SECONDS))
                        .isEqualTo(new Ending.OfLogin(grant.loginId(), EndReason.LOGGED_OUT));
                assertThat(here.recheck(identity).toOptional()).isEmpty();
            }
        }
    }

    @Test
    void onEnded_stepUpAtAnotherNode_isToldAndRecheckedAsEnded() throws InterruptedException {
        for (Function<Storage, Authenticator> strategy : strategies()) {
            Storage shared = Storage.inMemory(100);
            try (NearStorage one = node(shared);
                    NearStorage other = node(shared);
                    Authenticator here = strategy.apply(one);
                    Authenticator there = strategy.apply(other)) {
                Grant grant = there.login(Login.of("ada"));
                Identity identity =
                        here.authenticate(grant.access()).toOptional().orElseThrow();
                BlockingQueue<Ending> heard = new LinkedBlockingQueue<>();
                var unused = here.onEnded(heard::add);

                Grant stepped = there.reauthenticate(grant.renewal(), Login.of("ada"))
                        .toOptional()
                        .orElseThrow();

                assertThat(heard.poll(20, TimeUnit.SECONDS))
                        .isEqualTo(new Ending.OfStepUp(grant.loginId(), identity.stepUps()));
                assertThat(here.recheck(identity).rejection()).contains(Rejection.REVOKED);
                Identity again =
                        here.authenticate(stepped.access()).toOptional().orElseThrow();
                assertThat(here.recheck(again).toOptional()).isPresent();
            }
        }
    }

    @Test
    void onEnded_aGap_isToldSoThatAllAreRechecked() throws InterruptedException {
        for (Function<Storage, Authenticator> strategy : strategies()) {
            Storage shared = Storage.inMemory(100);
            List<ChangeFeed.Subscriber> subscribers = new CopyOnWriteArrayList<>();
            ChangeFeed byHand = new ChangeFeed() {
                @Override
                public void publish(Change change) {}

                @Override
                public void subscribe(Subscriber subscriber) {
                    subscribers.add(subscriber);
                }

                @Override
                public void close() {}
            };
            try (NearStorage one = NearStorage.over(SharedStorage.of(shared, byHand));
                    Authenticator here = strategy.apply(one);
                    Authenticator there = strategy.apply(shared)) {
                subscribers.forEach(ChangeFeed.Subscriber::gap);
                Grant grant = there.login(Login.of("ada"));
                Identity identity =
                        here.authenticate(grant.access()).toOptional().orElseThrow();
                BlockingQueue<Ending> heard = new LinkedBlockingQueue<>();
                var unused = here.onEnded(heard::add);
                assertThat(there.logout(grant.access()).toOptional()).isPresent();

                subscribers.forEach(ChangeFeed.Subscriber::gap);

                Ending told = heard.poll(20, TimeUnit.SECONDS);
                while (!new Ending.OfSome().equals(told)) {
                    assertThat(told).isNotNull();
                    told = heard.poll(20, TimeUnit.SECONDS);
                }
                assertThat(told.mayConcern(identity)).isTrue();
                assertThat(here.recheck(identity).toOptional()).isEmpty();
            }
        }
    }
}
