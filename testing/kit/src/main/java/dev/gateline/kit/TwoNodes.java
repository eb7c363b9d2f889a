package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Claims;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.LoginLimit;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.InProcessFeed;
import dev.gateline.store.LoginRow;
import dev.gateline.store.SharedStorage;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Two authenticators over one storage. The store of the first authenticator fails once. Ada has two logins, {@link
 * #mine} and {@link #other}; Grace has one, {@link #bystander}.
 */
final class TwoNodes implements AutoCloseable {
    private final MutableClock clock = new MutableClock();
    private final OneFault fault = new OneFault();
    private final Storage kept = Storage.inMemory(1_000);
    private final InProcessFeed feed = ChangeFeed.inProcess();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final List<Grant> issued = new CopyOnWriteArrayList<>();
    private final Function<Fixture.Wiring, Authenticator> build;
    private final BiFunction<SharedStorage, Clock, Storage> node;
    private final LoginLimit limit;
    private final Authenticator here;
    private final Authenticator there;
    private final Authenticator home;
    private final Grant first;
    private final Grant other;
    private final Grant bystander;
    private Grant mine;
    private final List<Grant> newcomers = new CopyOnWriteArrayList<>();
    private boolean renewalsAreVetoed;
    private boolean allEnd;
    private boolean everybodyEnds;
    private volatile Meanwhile meanwhile = Meanwhile.NOTHING;
    private Outcome<Identity> identity = Outcome.rejected(Rejection.MISSING);
    private List<LoginId> listed = List.of();
    private Outcome<Grant> traded = Outcome.rejected(Rejection.MISSING);

    private enum Meanwhile {
        NOTHING,
        LOGOUT,
        END_ALL
    }

    /**
     * @param node the way in which an authenticator reaches the shared storage
     * @param warm whether the first login starts at the node that fails, which may then have a copy of it
     */
    TwoNodes(
            Function<Fixture.Wiring, Authenticator> build,
            BiFunction<SharedStorage, Clock, Storage> node,
            Operation operation,
            boolean warm) {
        this.build = build;
        this.node = node;
        limit = operation.limit();
        here = open(SharedStorage.of(fault.around(kept), fault.around(feed.another())));
        there = open(SharedStorage.of(kept, feed));
        home = warm ? here : there;
        first = issued(home.login(Login.builder("ada").methods("pwd").build()));
        mine = first;
        operation.before().accept(this);
        // the first is the oldest
        clock.advance(Duration.ofSeconds(1));
        other = issued(there.login(Login.of("ada")));
        bystander = issued(there.login(Login.of("grace")));
    }

    private Authenticator open(SharedStorage shared) {
        return build.apply(new Fixture.Wiring(
                node.apply(shared, clock),
                clock,
                events::add,
                who -> renewalsAreVetoed && who.loginId().equals(mine.loginId())
                        ? Optional.empty()
                        : Optional.of(Claims.of(who.claims().asMap())),
                limit,
                (login, usual) -> usual));
    }

    OneFault fault() {
        return fault;
    }

    /** The node whose store fails. */
    Authenticator here() {
        return here;
    }

    /** A node whose store is well. */
    Authenticator there() {
        return there;
    }

    /** One more node whose store fails. */
    Authenticator another() {
        return open(SharedStorage.of(fault.around(kept), fault.around(feed.another())));
    }

    /** The current credentials of Ada's first login. */
    Grant mine() {
        return mine;
    }

    /** The first credentials of Ada's first login. */
    Grant first() {
        return first;
    }

    Grant other() {
        return other;
    }

    LoginRow rowOfBystander() {
        return kept.logins().find(bystander.loginId()).orElseThrow();
    }

    void advance(Duration span) {
        clock.advance(span);
    }

    /** Makes the host forbid renewals of Ada's first login, until a check of its end. */
    void vetoRenewals() {
        renewalsAreVetoed = true;
    }

    void allMayEnd() {
        allEnd = true;
    }

    void everybodyMayEnd() {
        allEnd = true;
        everybodyEnds = true;
    }

    /** Trades the current ticket of Ada's first login. */
    void renewMine() {
        mine = issued(Fixture.accepted(home.renew(mine.renewal())));
    }

    void useMine() {
        assertThat(home.authenticate(mine.access()).rejection()).isEmpty();
    }

    Grant issued(Grant grant) {
        issued.add(grant);
        return grant;
    }

    void trade(Outcome<Grant> outcome) {
        traded = outcome;
        outcome.toOptional().ifPresent(this::issued);
    }

    Outcome<Grant> traded() {
        return traded;
    }

    void see(Outcome<Identity> outcome) {
        identity = outcome;
    }

    Outcome<Identity> identity() {
        return identity;
    }

    void list() {
        listed = live();
    }

    List<LoginId> listed() {
        return listed;
    }

    List<LoginId> live() {
        return here.logins().of("ada").stream().map(LoginInfo::id).toList();
    }

    void logOutMeanwhile() {
        meanwhile = Meanwhile.LOGOUT;
        elsewhere(() -> there.logins().end(mine.loginId()));
    }

    void endAllMeanwhile() {
        meanwhile = Meanwhile.END_ALL;
        elsewhere(() -> there.logins().endAll("ada"));
    }

    void renewMeanwhile() {
        elsewhere(() -> there.renew(mine.renewal()).toOptional().ifPresent(this::issued));
    }

    void logInMeanwhile() {
        elsewhere(() -> newcomers.add(issued(there.login(Login.of("ada")))));
    }

    private static void elsewhere(Runnable action) {
        Race.run(1, () -> {
            action.run();
            return true;
        });
    }

    /** Whether somebody ended the login while the operation was waiting. */
    boolean endedMeanwhile() {
        return meanwhile != Meanwhile.NOTHING;
    }

    /** Checks that the failure is an outage, and that no message or event contains a secret. */
    void assertUnavailable(RuntimeException failure) {
        assertThat(failure).isInstanceOf(AuthUnavailableException.class);
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertNoSecretIn(each.toString());
        }
        events.forEach(event -> assertNoSecretIn(event.toString()));
    }

    private void assertNoSecretIn(String text) {
        for (Grant grant : issued) {
            for (Credential each : List.of(grant.access(), grant.renewal())) {
                String secret = each.reveal().substring(each.reveal().lastIndexOf('.') + 1);
                assertThat(text).doesNotContain(secret);
            }
        }
    }

    /** Checks that other logins are still live. */
    void assertOthersUnharmed() {
        if (!everybodyEnds) {
            assertLive(bystander);
        }
        if (!allEnd && meanwhile != Meanwhile.END_ALL) {
            assertLive(other);
        }
    }

    /** Checks at both nodes that a login is live. */
    void assertLive(Grant grant) {
        for (Authenticator gate : List.of(here, there)) {
            Credential access = clock.instant().isBefore(grant.accessExpiresAt())
                    ? grant.access()
                    : Fixture.accepted(gate.refresh(grant.renewal())).access();
            Identity who = Fixture.accepted(gate.authenticate(access));
            assertThat(who.loginId()).isEqualTo(grant.loginId());
            assertThat(who.subject()).isEqualTo(grant.equals(bystander) ? "grace" : "ada");
            assertThat(gate.authenticate(access, Requirement.none().authoritative())
                            .rejection())
                    .isEmpty();
        }
    }

    /** Checks that a login is dead that was ended while the operation was waiting, also its new credentials. */
    void assertEndedMeanwhile() {
        traded.toOptional()
                .filter(grant -> !grant.loginId().equals(mine.loginId()))
                .ifPresent(grant -> {
                    if (meanwhile == Meanwhile.LOGOUT) {
                        assertLive(grant);
                    }
                    assertWhollyLiveOrDead(grant);
                });
        assertDeadForEver(mine.loginId());
        if (meanwhile == Meanwhile.END_ALL) {
            assertDead(other.loginId());
        }
    }

    /** Checks that all credentials of a login live, or none. */
    void assertNothingHalf() {
        newcomers.forEach(this::assertWhollyLiveOrDead);
    }

    /** Checks that every accepted login is the expected one. */
    void assertNobodyElse() {
        identity.toOptional()
                .ifPresent(who -> assertThat(who.subject() + who.loginId()).isEqualTo("ada" + mine.loginId()));
        traded.toOptional().ifPresent(grant -> assertThat(grant.loginId()).isEqualTo(mine.loginId()));
    }

    private void assertWhollyLiveOrDead(Grant grant) {
        boolean live = here.refresh(grant.renewal()).toOptional().isPresent();
        if (clock.instant().isBefore(grant.accessExpiresAt())) {
            assertThat(here.authenticate(grant.access()).toOptional().isPresent())
                    .isEqualTo(live);
            assertThat(there.authenticate(grant.access()).toOptional().isPresent())
                    .isEqualTo(live);
        }
        assertThat(there.refresh(grant.renewal()).toOptional().isPresent()).isEqualTo(live);
    }

    /** Checks that Ada's first login is over. */
    void assertMineIsOver() {
        assertDeadForEver(mine.loginId());
    }

    /** Checks that a login is over, now and after the store has forgotten its ending. */
    void assertDeadForEver(LoginId id) {
        assertDead(id);
        assertThat(live()).doesNotContain(id);
        for (int i = 0; i < 5; i++) {
            advance(Duration.ofMinutes(4));
            assertOthersUnharmed();
            there.logout(there.login(Login.of("someone")).renewal());
        }
        assertDead(id);
        assertThat(live()).doesNotContain(id);
    }

    private void assertDead(LoginId id) {
        renewalsAreVetoed = false;
        List<Grant> all =
                issued.stream().filter(grant -> grant.loginId().equals(id)).toList();
        for (Authenticator gate : List.of(here, there)) {
            all.forEach(grant -> assertRefused(gate.authenticate(grant.access())));
            all.forEach(grant -> assertRefused(gate.renew(grant.renewal())));
            all.forEach(grant -> assertRefused(gate.refresh(grant.renewal())));
        }
    }

    static void assertRefused(Outcome<?> outcome) {
        assertThat(outcome.toOptional()).isEmpty();
    }

    @Override
    public void close() {
        here.close();
        there.close();
    }
}
