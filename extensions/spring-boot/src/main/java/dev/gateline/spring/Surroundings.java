package dev.gateline.spring;

import dev.gateline.AuthEvent;
import dev.gateline.AuthListener;
import dev.gateline.RenewalPolicy;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The beans of the application that Gateline's builders take, where there are such. Listeners and policies are looked
 * up when they are needed, so that they may themselves need what is built here. More than one policy is an error of
 * the start. Thread-safe.
 */
final class Surroundings implements SmartInitializingSingleton {
    private final ConfigurableApplicationContext context;
    private final ObjectProvider<AuthListener> listeners;
    private final ObjectProvider<RenewalPolicy> renewals;
    private final ObjectProvider<Clock> clock;

    Surroundings(
            ConfigurableApplicationContext context,
            ObjectProvider<AuthListener> listeners,
            ObjectProvider<RenewalPolicy> renewals,
            ObjectProvider<Clock> clock) {
        this.context = context;
        this.listeners = listeners;
        this.renewals = renewals;
        this.clock = clock;
    }

    /** Tells the listeners among the beans, and publishes to the application. */
    AuthListener listener() {
        return this::tell;
    }

    /** A context that is closing has no listeners any more. */
    private void tell(AuthEvent event) {
        if (!context.isClosed()) {
            listeners.orderedStream().forEach(bean -> bean.shielded().on(event));
            context.publishEvent(event);
        }
    }

    RenewalPolicy renewals() {
        return identity -> policy().claimsAtRenewal(identity);
    }

    private RenewalPolicy policy() {
        return renewals.getIfAvailable(RenewalPolicy::unchanged);
    }

    /** None of several policies may be left out, because one of them may end logins. */
    @Override
    public void afterSingletonsInstantiated() {
        RenewalPolicy unused = policy();
    }

    /** That of the application, if it has exactly one; otherwise the system's. */
    Clock clock() {
        return Optional.ofNullable(clock.getIfUnique()).orElseGet(Clock::systemUTC);
    }
}
