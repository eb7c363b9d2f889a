package dev.gateline.throttle;

import dev.gateline.AuthListener;
import dev.gateline.store.RateLimitStore.Rate;
import dev.gateline.store.Storage;
import dev.gateline.throttle.Budgets.Rates;
import java.time.Clock;
import java.time.Duration;
import javax.crypto.SecretKey;

/** Wires a {@link StoredLoginThrottle}. Not thread-safe. */
public final class StoredLoginThrottleBuilder {
    final Storage storage;
    final SecretKey key;
    Rate strangers = new Rate(10, Duration.ofMinutes(10));
    Rate device = new Rate(10, Duration.ofMinutes(1));
    Rate allDevices = new Rate(30, Duration.ofMinutes(1));
    Rate client = new Rate(100, Duration.ofMinutes(1));
    Rate network = new Rate(1_000, Duration.ofSeconds(6));
    Clock clock = Clock.systemUTC();
    AuthListener listener = AuthListener.none();

    StoredLoginThrottleBuilder(Storage storage, SecretKey key) {
        this.storage = storage;
        this.key = key;
    }

    /**
     * Sets how many failures an account may have from all unknown devices together.
     *
     * @param rate default: 10 in a row, then one every ten minutes
     */
    public StoredLoginThrottleBuilder strangers(Rate rate) {
        strangers = rate;
        return this;
    }

    /**
     * Sets how many failures an account may have from each known device.
     *
     * @param rate default: 10 in a row, then one a minute
     */
    public StoredLoginThrottleBuilder device(Rate rate) {
        device = rate;
        return this;
    }

    /**
     * Sets how many failures an account may have from all known devices together, because a device that keeps no
     * cookie counts as another one after each login.
     *
     * @param rate default: 30 in a row, then one a minute
     */
    public StoredLoginThrottleBuilder allDevices(Rate rate) {
        allDevices = rate;
        return this;
    }

    /**
     * Sets how many failures a client may have with all accounts together. Many people may share one address. A
     * client is an IPv4 address or an IPv6 network of 64 bits.
     *
     * @param rate default: 100 in a row, then one a minute
     */
    public StoredLoginThrottleBuilder client(Rate rate) {
        client = rate;
        return this;
    }

    /**
     * Sets how many failures the clients of one IPv6 network of 48 bits may have with all accounts together.
     * Tunnels and many providers give such a network to one customer; a company or a university has one for all its
     * people.
     *
     * @param rate default: 1,000 in a row, then ten a minute
     */
    public StoredLoginThrottleBuilder network(Rate rate) {
        network = rate;
        return this;
    }

    /**
     * Sets the clock, for a storage without a server's clock.
     *
     * @param clock default: the system's
     */
    public StoredLoginThrottleBuilder clock(Clock clock) {
        this.clock = clock;
        return this;
    }

    /**
     * Sets the listener, which hears if the storage is out of reach.
     *
     * @param listener default: none
     */
    public StoredLoginThrottleBuilder listener(AuthListener listener) {
        this.listener = listener;
        return this;
    }

    Rates rates() {
        return new Rates(strangers, device, allDevices, client, network);
    }

    /**
     * Builds the throttle.
     *
     * @throws IllegalArgumentException if the storage keeps no rate limits, or if the key is short or evidently not
     *     random
     */
    public StoredLoginThrottle build() {
        return new StoredLoginThrottle(this);
    }
}
