package dev.gateline.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Activity;
import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginInfo;
import dev.gateline.LoginLimit;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.RenewalPolicy;
import dev.gateline.Requirement;
import dev.gateline.Timeouts;
import dev.gateline.store.Storage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An authenticator under test, with its clock, its faults and what it has told. */
public final class Fixture {

    /** The idle timeout of a login. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** The absolute timeout of a login. */
    public static final Duration ABSOLUTE = Duration.ofHours(8);

    /** The timeouts of remembered logins. */
    public static final Timeouts REMEMBERED = new Timeouts(Duration.ofDays(2), Duration.ofDays(10));

    /** The time for which the predecessor of a ticket stays good after the first use of its successor. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    /** The time after which the use of a predecessor is theft, and no longer a clock that is off. */
    static final Duration THEFT = GRACE.plusMinutes(1);

    /**
     * The time for which a ticket is kept after it was handed out, so that tabs at nodes with other clocks get the same
     * answer.
     */
    static final Duration REST = GRACE.plusMinutes(1);

    private final MutableClock clock = new MutableClock();
    private final Faults faults = new Faults();
    private final Storage storage;
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final Authenticator gate;
    private volatile boolean listenerThrows;
    private volatile RenewalPolicy renewals = RenewalPolicy.unchanged();
    private volatile UnaryOperator<Timeouts> shortened = usual -> usual;

    /**
     * The parts for building the authenticator, with {@link #IDLE}, {@link #ABSOLUTE}, {@link #REMEMBERED} and {@link
     * #GRACE}.
     *
     * @param storage the storage, which fails when the fixture says so
     * @param clock the clock, which moves when the fixture says so
     * @param listener the listener, which hears all events, and throws when the fixture says so
     * @param renewals the policy, which decides as the fixture says
     * @param limit the limit of logins per subject
     * @param shortened the rule that shortens timeouts, as the fixture says
     */
    public record Wiring(
            Storage storage,
            Clock clock,
            AuthListener listener,
            RenewalPolicy renewals,
            LoginLimit limit,
            BiFunction<Login, Timeouts, Timeouts> shortened) {}

    Fixture(Storage storage, LoginLimit limit, Function<Wiring, Authenticator> build) {
        this.storage = storage;
        gate = build.apply(new Wiring(
                faults.around(storage),
                clock,
                event -> {
                    events.add(event);
                    if (listenerThrows) {
                        throw new IllegalStateException("thrown by a listener, as it was told to");
                    }
                },
                identity -> renewals.claimsAtRenewal(identity),
                limit,
                (login, usual) -> shortened.apply(usual)));
    }

    Authenticator gate() {
        return gate;
    }

    Logins logins() {
        return gate.logins();
    }

    /** The storage below the faults. */
    Storage storage() {
        return storage;
    }

    Faults faults() {
        return faults;
    }

    List<AuthEvent> events() {
        return events;
    }

    <E extends AuthEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    void letTheListenerThrow() {
        listenerThrows = true;
    }

    void decideRenewals(RenewalPolicy policy) {
        renewals = policy;
    }

    void shorten(UnaryOperator<Timeouts> how) {
        shortened = how;
    }

    Clock clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }

    void advance(Duration span) {
        clock.advance(span);
    }

    void advanceTo(Instant instant) {
        clock.set(instant);
    }

    Grant login(String subject) {
        return gate.login(Login.of(subject));
    }

    Grant renewed(Grant grant) {
        return accepted(gate.renew(grant.renewal()));
    }

    Identity identity(Grant grant) {
        return accepted(gate.authenticate(grant.access()));
    }

    List<LoginInfo> live(String subject) {
        return gate.logins().of(subject);
    }

    void assertLive(Grant grant) {
        assertThat(gate.authenticate(grant.access()).rejection()).isEmpty();
    }

    void assertIdentity(Grant grant, Activity activity) {
        assertThat(gate.authenticate(grant.access(), Requirement.none(), activity)
                        .rejection())
                .isEmpty();
    }

    /** Neither credential is good for anything. */
    void assertDead(Grant grant) {
        assertThat(gate.authenticate(grant.access()).toOptional()).isEmpty();
        assertThat(gate.renew(grant.renewal()).toOptional()).isEmpty();
    }

    static <T> T accepted(Outcome<T> outcome) {
        assertThat(outcome.rejection()).as("rejection").isEmpty();
        return outcome.toOptional().orElseThrow();
    }

    static void assertRejected(Outcome<?> outcome, Rejection... anyOf) {
        assertThat(outcome.rejection())
                .as("rejection")
                .isPresent()
                .hasValueSatisfying(reason -> assertThat(anyOf).contains(reason));
    }

    /** A credential whose last characters are guessed: those of a token's signature, or of a ticket's origin. */
    static Credential forged(Credential credential) {
        String text = credential.reveal();
        return Credential.of(text.substring(0, text.length() - 20) + "A".repeat(20));
    }

    /** A ticket of the same login with a secret that nobody issued. */
    static Credential withGarbageSecret(Credential ticket) {
        String text = ticket.reveal();
        int secret = text.lastIndexOf('.') + 1;
        return Credential.of(text.substring(0, secret) + "A".repeat(text.length() - secret));
    }
}
