package dev.gateline.throttle;

import dev.gateline.ClockAndListener;
import dev.gateline.store.RateLimitStore.Rate;
import dev.gateline.store.Storage;
import java.time.Duration;
import javax.crypto.SecretKey;

/**
 * Wires a {@link StoredLoginThrottle}. The clock is for a storage without a server's clock, and the listener hears if
 * the storage is out of reach. Not thread-safe.
 */
public final class StoredLoginThrottleBuilder extends ClockAndListener<StoredLoginThrottleBuilder> {
    private final Storage storage;
    private final SecretKey key;
    private Rate strangers = new Rate(10, Duration.ofMinutes(10));
    private Rate device = new Rate(10, Duration.ofMinutes(1));
    private Rate allDevices = new Rate(30, Duration.ofMinutes(1));
    private Rate client = new Rate(100, Duration.ofMinutes(1));
    private Rate network = new Rate(1_000, Duration.ofSeconds(6));

    StoredLoginThrottleBuilder(Storage storage, SecretKey key) {
        this.storage = storage;
        this.key = key;
    }

    @Override
    protected StoredLoginThrottleBuilder self() {
        return this;
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
     * Builds the throttle.
     *
     * @throws IllegalArgumentException if the storage keeps no rate limits, or if the key is short or evidently not
     *     random
     */
    public StoredLoginThrottle build() {
        return new StoredLoginThrottle(this, clock(), listener());
    }

    Storage storage() {
        return storage;
    }

    SecretKey key() {
        return key;
    }

    Rates rates() {
        return new Rates(strangers, device, allDevices, client, network);
    }
}
