package dev.gateline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.Claims;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.RenewalPolicy;
import dev.gateline.Requirement;
import dev.gateline.http.CookieCarrier;
import dev.gateline.http.Exchange;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.Faults;
import dev.gateline.kit.MutableClock;
import dev.gateline.store.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ids are rotated on a schedule, on the way, and no honest browser is ever logged out by it. */
class RotationTest {
    private static final Duration EVERY = Duration.ofMinutes(15);

    private final MutableClock clock = new MutableClock();
    private final Faults faults = new Faults();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private volatile RenewalPolicy renewals = RenewalPolicy.unchanged();
    private final SessionAuthenticator gate = SessionAuthenticator.builder(faults.around(Storage.inMemory(100)))
            .clock(clock)
            .listener(events::add)
            .renewals(identity -> renewals.claimsAtRenewal(identity))
            .build();
    private final HttpAuth auth = HttpAuth.builder()
            .lane(CookieCarrier.create(), gate)
            .origin("https://park.example")
            .clock(clock)
            .build();
    private final String first = logIn();

    /** A request of a browser that sends one cookie, or none. */
    private record Request(String cookie, List<String> set) implements Exchange {
        static Request with(String cookie) {
            return new Request(cookie, new ArrayList<>());
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public List<String> headers(String name) {
            return switch (name) {
                case "Cookie" -> cookie.isEmpty() ? List.of() : List.of(cookie);
                case "Sec-Fetch-Site" -> List.of("same-origin");
                default -> List.of();
            };
        }

        @Override
        public void addHeader(String name, String value) {
            if (name.equals("Set-Cookie")) {
                set.add(value.substring(0, value.indexOf(';')));
            }
        }

        /** The cookie that the browser sends from now on. */
        String next() {
            return set.isEmpty() ? cookie : set.get(set.size() - 1);
        }
    }

    private String logIn() {
        Request request = Request.with("");
        assertThat(auth.login(request, Login.of("ada")).toOptional()).isPresent();
        return request.next();
    }

    private Outcome<Identity> send(Request request) {
        return auth.authenticate(request);
    }

    private String sendAndFollow(String cookie) {
        Request request = Request.with(cookie);
        assertThat(send(request).rejection()).isEmpty();
        return request.next();
    }

    @Test
    void authenticate_dueInTheBackground_keepsTheId() {
        clock.advance(EVERY);
        Request polling = Request.with(first);

        assertThat(auth.authenticate(polling, Requirement.none(), Activity.BACKGROUND)
                        .rejection())
                .isEmpty();

        assertThat(polling.next()).isEqualTo(first);
    }

    @Test
    void authenticate_justBeforeItIsDue_keepsTheId() {
        clock.advance(EVERY.minusSeconds(1));

        assertThat(sendAndFollow(first)).isEqualTo(first);
    }

    @Test
    void authenticate_due_getsANewIdOnTheWayAndTheOldOneDies() {
        clock.advance(EVERY);

        String second = sendAndFollow(first);

        assertThat(second).isNotEqualTo(first);
        assertThat(sendAndFollow(second)).isEqualTo(second);
        clock.advance(Duration.ofSeconds(10).minusMillis(1));
        assertThat(send(Request.with(first)).rejection()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(send(Request.with(first)).rejection()).contains(Rejection.UNKNOWN);
        assertThat(sendAndFollow(second)).isEqualTo(second);
        clock.advance(Duration.ofMinutes(1));
        assertThat(send(Request.with(first)).rejection()).contains(Rejection.REUSED);
        assertThat(send(Request.with(second)).toOptional()).isEmpty();
        assertThat(events).anyMatch(AuthEvent.ReuseDetected.class::isInstance);
    }

    @Test
    void authenticate_responseLost_goesOnWithTheOldIdAndGetsTheSameSuccessorLater() {
        clock.advance(EVERY);
        String lost = sendAndFollow(first);

        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(40));
            assertThat(send(Request.with(first)).rejection()).isEmpty();
        }
        clock.advance(EVERY);

        assertThat(sendAndFollow(first)).isEqualTo(lost);
    }

    @Test
    void authenticate_30RequestsOfOnePage_allGetTheSameSuccessor() throws Exception {
        for (int i = 0; i < 20; i++) {
            String mine = logIn();
            clock.advance(EVERY);
            List<String> next = race(30, () -> sendAndFollow(mine));

            assertThat(next).doesNotContain(mine).containsOnly(next.get(0));
            assertThat(sendAndFollow(next.get(0))).isEqualTo(next.get(0));
        }
    }

    @Test
    void authenticate_tabsThatFollowAtTheirOwnPace_stayIn() {
        String one = first;
        String other = first;
        for (int i = 0; i < 10; i++) {
            clock.advance(EVERY);
            one = sendAndFollow(one);
            other = one;
            assertThat(sendAndFollow(other)).isEqualTo(one);
        }
        assertThat(events).noneMatch(AuthEvent.ReuseDetected.class::isInstance);
    }

    @Test
    void authenticate_usedAllDay_endsAtTheAbsoluteLimit() {
        String cookie = first;
        for (int i = 1; i < 12 * 6; i++) {
            clock.advance(Duration.ofMinutes(10));
            cookie = sendAndFollow(cookie);
        }
        clock.advance(Duration.ofMinutes(10));

        assertThat(send(Request.with(cookie)).rejection()).contains(Rejection.EXPIRED);
    }

    @Test
    void authenticate_accountDisabled_endsAtTheRotation() {
        renewals = identity -> Optional.empty();
        clock.advance(EVERY.minusSeconds(1));
        assertThat(send(Request.with(first)).rejection()).isEmpty();
        clock.advance(Duration.ofSeconds(1));

        assertThat(send(Request.with(first)).rejection()).contains(Rejection.REVOKED);
        assertThat(send(Request.with(first)).rejection()).contains(Rejection.UNKNOWN);
    }

    /** The request was good: the user is not to suffer for what the host says of them now. */
    @Test
    void authenticate_dueWithClaimsThatNoLongerFit_goesOnAndRotatesOnceTheyDo() {
        clock.advance(EVERY);
        renewals = identity -> Optional.of(Claims.of(Map.of("roles", "x".repeat(4_000))));
        assertThat(sendAndFollow(first)).isEqualTo(first);
        assertThat(sendAndFollow(first)).isEqualTo(first);
        assertThat(events.stream().filter(AuthEvent.ClaimsTooLarge.class::isInstance))
                .hasSize(2);
        renewals = RenewalPolicy.unchanged();

        String next = sendAndFollow(first);
        assertThat(next).isNotEqualTo(first);
        assertThat(sendAndFollow(next)).isEqualTo(next);
    }

    @Test
    void authenticate_rotationCantBeWritten_goesOnAndRotatesLater() {
        clock.advance(EVERY);
        faults.failAlways("replace");
        assertThat(sendAndFollow(first)).isEqualTo(first);
        faults.none();

        assertThat(sendAndFollow(first)).isNotEqualTo(first);
    }

    @Test
    void build_rotationWithinTheGrace_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionAuthenticator.builder(Storage.inMemory(1))
                        .rotateEvery(Duration.ofSeconds(10))
                        .build())
                .withMessageContaining("rotate every")
                .withMessageContaining("PT10S");
    }

    @Test
    void build_rotationThatEndsAtNoInstant_isRefused() {
        SessionAuthenticatorBuilder builder = SessionAuthenticator.builder(Storage.inMemory(1));
        for (Duration span : List.of(Duration.ofDays(36_525).plusNanos(1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.rotateEvery(span).build())
                    .withMessageContaining("rotate every");
        }
    }

    private interface Action {
        String run();
    }

    private static List<String> race(int threads, Action action) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<String>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(action::run));
            }
            List<String> results = new ArrayList<>();
            for (Future<String> future : futures) {
                results.add(future.get(20, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
