package dev.gateline.micrometer;

import dev.gateline.Activity;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Requirement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An authenticator whose {@code authenticate} is timed by {@code gateline.authenticate}. The tag {@code source} is
 * {@code store} if an {@link ObservedStorage} was asked, and otherwise {@code memory}; the tag {@code outcome} is
 * {@code accepted}, {@code rejected} or {@code unavailable}. Wire it into {@code HttpAuth}. Thread-safe.
 */
public final class TimedAuthenticator implements Authenticator {
    private final Authenticator authenticator;
    private final Timers fromMemory;
    private final Timers fromStore;

    /** One timer for each outcome, created once, so that a request looks up no meter. */
    private record Timers(Timer accepted, Timer rejected, Timer unavailable) {
        static Timers of(String source, MeterRegistry registry) {
            return new Timers(
                    timer("accepted", source, registry),
                    timer("rejected", source, registry),
                    timer("unavailable", source, registry));
        }

        private static Timer timer(String outcome, String source, MeterRegistry registry) {
            return Timer.builder("gateline.authenticate")
                    .description("How long it takes to know whose request it is")
                    .tag("source", source)
                    .tag("outcome", outcome)
                    .register(registry);
        }
    }

    private TimedAuthenticator(Authenticator authenticator, MeterRegistry registry) {
        this.authenticator = authenticator;
        fromMemory = Timers.of("memory", registry);
        fromStore = Timers.of("store", registry);
    }

    /**
     * Times an authenticator.
     *
     * @param authenticator the authenticator to time, which is closed with the result
     * @param registry the registry of the application
     */
    public static Authenticator of(Authenticator authenticator, MeterRegistry registry) {
        return new TimedAuthenticator(authenticator, registry);
    }

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        int asked = ObservedCalls.ofThisThread();
        long began = System.nanoTime();
        try {
            Outcome<Identity> outcome = authenticator.authenticate(credential, requirement, activity);
            Timers timers = since(asked);
            Timer timer = outcome instanceof Outcome.Accepted<Identity> ? timers.accepted() : timers.rejected();
            timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            return outcome;
        } catch (AuthUnavailableException e) {
            since(asked).unavailable().record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            throw e;
        }
    }

    /** Times an answer; a question without one is asked again, and is timed then. */
    @Override
    public Optional<Identity> tryAuthenticate(Credential credential, Requirement requirement, Activity activity) {
        long began = System.nanoTime();
        Optional<Identity> known = authenticator.tryAuthenticate(credential, requirement, activity);
        if (known.isPresent()) {
            fromMemory.accepted().record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
        return known;
    }

    private Timers since(int asked) {
        return ObservedCalls.ofThisThread() == asked ? fromMemory : fromStore;
    }

    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        return authenticator.recheck(identity, requirement);
    }

    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        return authenticator.onEnded(listener);
    }

    @Override
    public Set<String> prefixes() {
        return authenticator.prefixes();
    }

    @Override
    public Grant login(Login login, GrantCheck check) {
        return authenticator.login(login, check);
    }

    @Override
    public Outcome<Grant> renew(Credential renewal, GrantCheck check) {
        return authenticator.renew(renewal, check);
    }

    @Override
    public Outcome<Grant> refresh(Credential renewal, Activity activity, GrantCheck check) {
        return authenticator.refresh(renewal, activity, check);
    }

    @Override
    public boolean isRenewalDue(Credential access, Identity identity) {
        return authenticator.isRenewalDue(access, identity);
    }

    @Override
    public Outcome<Grant> reauthenticate(Credential renewal, Login again, GrantCheck check) {
        return authenticator.reauthenticate(renewal, again, check);
    }

    @Override
    public Outcome<LoginId> logout(Credential credential) {
        return authenticator.logout(credential);
    }

    @Override
    public Logins logins() {
        return authenticator.logins();
    }

    @Override
    public void close() {
        authenticator.close();
    }
}
