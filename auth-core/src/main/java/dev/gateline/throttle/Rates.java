package dev.gateline.throttle;

import dev.gateline.store.RateLimitStore.Rate;

/**
 * How often attempts may fail.
 *
 * @param strangers at one account from all unknown devices together
 * @param device at one account from one known device
 * @param allDevices at one account from all known devices together
 * @param client at all accounts from one client
 * @param network at all accounts from one IPv6 network of 48 bits
 */
record Rates(Rate strangers, Rate device, Rate allDevices, Rate client, Rate network) {}
