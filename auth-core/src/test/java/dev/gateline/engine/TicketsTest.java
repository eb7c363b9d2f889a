package dev.gateline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.Credential;
import dev.gateline.CredentialKind;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.LoginLimit;
import dev.gateline.RenewalPolicy;
import dev.gateline.Requirement;
import dev.gateline.Timeouts;
import dev.gateline.store.LoginRow;
import dev.gateline.store.LoginStore;
import dev.gateline.store.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(3600);
    private static final Duration DAY = Duration.ofDays(1);

    private final Storage memory = Storage.inMemory(10);
    private final List<String> calls = new ArrayList<>();
    private final List<AuthEvent> events = new ArrayList<>();
    private final Tickets tickets = over(memory);

    /** Notes of use fail, and so they wait until the end of a test. */
    private Tickets over(Storage storage) {
        LoginStore store = LoginStore.class.cast(Proxy.newProxyInstance(
                LoginStore.class.getClassLoader(), new Class<?>[] {LoginStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("touchAll")) {
                        throw new IllegalStateException("the store takes no notes");
                    }
                    calls.add(method.getName());
                    try {
                        return method.invoke(storage.logins(), args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
        return tickets(Storage.of(store, storage.revocations()));
    }

    private Tickets tickets(Storage storage) {
        return tickets(storage, Duration.ZERO);
    }

    private Tickets tickets(Storage storage, Duration signedFor) {
        Timeouts day = new Timeouts(DAY, DAY);
        LoginTimeouts timeouts = new LoginTimeouts(day, day, (login, most) -> most);
        TicketPolicy policy = TicketPolicy.builder("gs_", timeouts, LoginLimit.none())
                .grace(Duration.ofSeconds(10))
                .seenInterval(Duration.ofMinutes(1))
                .signedFor(signedFor)
                .build();
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new Tickets(policy, storage, RenewalPolicy.unchanged(), clock, new Reporter(clock, events::add));
    }

    private IssuedTicket start(Tickets at) {
        return at.start(Login.of("ada"), Optional.empty(), NOW, it -> it);
    }

    private Credential successor(IssuedTicket first) {
        return tickets.renew(first.ticket(), LATER, IssuedTicket::ticket)
                .toOptional()
                .orElseThrow();
    }

    private Instant lastSeen(LoginId id) {
        return memory.logins().find(id).orElseThrow().lastSeenAt();
    }

    private void uses(Credential ticket, Activity activity, Instant now) {
        assertThat(tickets.use(ticket, Requirement.none(), activity, now)
                        .map(Identity::subject)
                        .toOptional())
                .contains("ada");
    }

    @Test
    void use_anyRequirement_asksTheStoreItselfOnlyIfItMust() {
        Credential ticket = start(tickets).ticket();

        calls.clear();
        uses(ticket, Activity.USER, NOW);
        assertThat(calls).contains("find").doesNotContain("findAuthoritative");

        calls.clear();
        Requirement authoritative = Requirement.none().authoritative();
        assertThat(tickets.use(ticket, authoritative, Activity.USER, NOW).toOptional())
                .isPresent();
        assertThat(calls).contains("findAuthoritative").doesNotContain("find");
    }

    @Test
    void use_firstUseInTheBackground_isNoUseByTheUser() {
        IssuedTicket first = start(tickets);
        Credential second = successor(first);
        Instant renewed = lastSeen(first.row().id());

        uses(second, Activity.BACKGROUND, LATER.plusSeconds(600));

        assertThat(lastSeen(first.row().id())).isEqualTo(renewed);
    }

    @Test
    void use_firstUseByTheUser_isNotedAtOnce() {
        IssuedTicket first = start(tickets);

        uses(successor(first), Activity.USER, LATER.plusSeconds(600));

        assertThat(lastSeen(first.row().id())).isEqualTo(LATER.plusSeconds(600));
    }

    @Test
    void use_soonAfterANote_isNotedOnlyIfThatNoteStillWaits() {
        Credential ticket = start(tickets).ticket();

        uses(ticket, Activity.USER, NOW.plusSeconds(59));
        assertThat(listed()).isEqualTo(NOW);

        uses(ticket, Activity.USER, NOW.plusSeconds(60));
        uses(ticket, Activity.USER, NOW.plusSeconds(61));
        assertThat(listed()).isEqualTo(NOW.plusSeconds(61));
    }

    private Instant listed() {
        List<LoginInfo> all = tickets.logins().of("ada");
        assertThat(all).hasSize(1);
        return all.get(0).lastSeenAt();
    }

    @Test
    void tryUse_ticketInMemory_isTheIdentityUnlessTheStoreHasToHearOfTheUse() {
        IssuedTicket first = start(tickets);
        assertThat(tickets.tryUse(first.ticket(), Activity.USER, NOW).map(Identity::subject))
                .contains("ada");
        assertThat(tickets.tryUse(Credential.of("gs_guess"), Activity.USER, NOW))
                .isEmpty();

        Credential second = successor(first);
        assertThat(tickets.tryUse(second, Activity.USER, LATER)).isEmpty();
        uses(second, Activity.USER, LATER);
        assertThat(tickets.tryUse(second, Activity.USER, LATER)).isPresent();

        tickets.close();
        assertThat(tickets.tryUse(second, Activity.USER, LATER)).isEmpty();
    }

    @Test
    void close_noteThatWaits_isWritten() {
        LoginId id;
        try (Tickets others = tickets(memory)) {
            IssuedTicket first = start(others);
            id = first.row().id();
            assertThat(others.use(first.ticket(), Requirement.none(), Activity.USER, LATER)
                            .toOptional())
                    .isPresent();
        }

        assertThat(lastSeen(id)).isEqualTo(LATER);
    }

    @Test
    void isLive_loginThatHasEndedOrExpired_isFalse() {
        LoginId id = start(tickets).row().id();
        LoginId other = start(tickets).row().id();
        assertThat(tickets.isLive(id, NOW)).isTrue();
        assertThat(tickets.isLive(new LoginId("nobody's"), NOW)).isFalse();

        tickets.logins().end(id);

        assertThat(tickets.isLive(id, NOW)).isFalse();
        assertThat(tickets.isLive(other, NOW.plus(DAY).minusMillis(1))).isTrue();
        assertThat(tickets.isLive(other, NOW.plus(DAY))).isFalse();
    }

    /** A node whose memory has no rows, and whose copies are behind the store. */
    private Tickets behind() {
        LoginStore store = LoginStore.class.cast(Proxy.newProxyInstance(
                LoginStore.class.getClassLoader(), new Class<?>[] {LoginStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("find") || method.getName().equals("findInMemory")) {
                        return Optional.empty();
                    }
                    try {
                        return method.invoke(memory.logins(), args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
        return tickets(Storage.of(store, memory.revocations()));
    }

    @Test
    void data_copyThatIsBehindTheStore_isReadFromTheStore() {
        LoginId id = start(tickets).row().id();
        try (Tickets behind = behind()) {
            assertThat(behind.change(id, data -> Map.of("theme", "dark"), NOW).toOptional())
                    .contains(Map.of("theme", "dark"));
            assertThat(behind.data(id, NOW).toOptional()).contains(Map.of("theme", "dark"));

            tickets.logins().end(id);

            assertThat(behind.data(id, NOW).rejection()).isPresent();
            assertThat(behind.change(id, data -> Map.of(), NOW).rejection()).isPresent();
        }
    }

    @Test
    void end_ofASubject_isReportedForEachLogin() {
        LoginId kept = start(tickets).row().id();
        LoginId one = start(tickets).row().id();
        LoginId another = start(tickets).row().id();
        events.clear();

        assertThat(tickets.logins().end("eve", one)).isFalse();
        assertThat(tickets.logins().end("ada", one)).isTrue();
        tickets.logins().endOthers("ada", kept);

        assertThat(events).hasSize(2).allSatisfy(event -> assertThat(event).isInstanceOf(AuthEvent.Ended.class));
        assertThat(events.stream().map(AuthEvent.Ended.class::cast).map(AuthEvent.Ended::loginId))
                .containsExactly(one, another);
    }

    @Test
    void use_guess_isReportedWithTheKindOfTheTicket() {
        Credential guess = Credential.of("gs_guess");
        try (Tickets beside = tickets(memory, Duration.ofMinutes(5))) {
            tickets.use(guess, Requirement.none(), Activity.USER, NOW);
            beside.renew(guess, NOW, IssuedTicket::ticket);
        }

        assertThat(events.stream().map(AuthEvent.Rejected.class::cast).map(AuthEvent.Rejected::kind))
                .containsExactly(CredentialKind.SESSION_ID, CredentialKind.REFRESH_TOKEN);
    }

    /** A store that has failed over may have lost the row of the last ticket that was issued. */
    @Test
    void use_ticketWhoseIssueTheStoreHasLost_isProvedByTheStoreItselfAndWrittenAgain() {
        IssuedTicket first = start(tickets);
        LoginRow before = memory.logins().find(first.row().id()).orElseThrow();
        Credential second = successor(first);
        Storage lossy = Storage.inMemory(10);
        assertThat(lossy.logins().insert(before, LoginLimit.UNLIMITED, Set.of(), NOW))
                .isTrue();

        try (Tickets there = over(lossy)) {
            assertThat(there.tryUse(second, Activity.USER, LATER)).isEmpty();
            assertThat(there.use(second, Requirement.none(), Activity.USER, LATER)
                            .toOptional())
                    .isPresent();
        }

        LoginRow after = lossy.logins().find(before.id()).orElseThrow();
        assertThat(after.state().ticket().generation())
                .isEqualTo(before.state().ticket().generation() + 1);
    }
}
