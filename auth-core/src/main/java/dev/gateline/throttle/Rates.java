package dev.gateline.throttle;

import dev.gateline.store.RateLimitStore.Rate;

/**
 * The rates at which attempts may fail. Immutable.
 *
 * @param strangers the rate at one account from all unknown devices together
 * @param device the rate at one account from one known device
 * @param allDevices the rate at one account from all known devices together
 * @param client the rate at all accounts from one client
 * @param network the rate at all accounts from one IPv6 network of 48 bits
 */
record Rates(Rate strangers, Rate device, Rate allDevices, Rate client, Rate network) {}
