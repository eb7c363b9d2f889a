package dev.gateline.throttle;

import dev.gateline.LoginAttempt;
import dev.gateline.internal.Base64Url;
import dev.gateline.store.RateLimitStore.Rate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses the budgets from which an attempt takes: those of a known device, or those of a stranger. Immutable,
 * thread-safe.
 *
 * @param digest names the budgets, so that a store learns no name and no address
 * @param devices tells known devices from strangers
 * @param rates the rates of the budgets
 */
record Budgets(KeyedDigest digest, KnownDevices devices, Rates rates) {

    /** The budgets of an attempt, in the order in which they are used. */
    List<Budget> of(LoginAttempt attempt, Instant now) {
        byte[] account = account(attempt.account());
        return devices.find(attempt, now)
                .map(number -> ofDevice(number, account))
                .orElseGet(() -> ofStranger(attempt.client(), account));
    }

    /** The digested name of an account. A name that is too long for an account, even without padding, is not folded. */
    private byte[] account(String name) {
        String unpadded = AccountName.unpadded(name);
        return AccountName.isOfAnAccount(unpadded)
                ? digest.of("account", AccountName.folded(unpadded))
                : digest.of("name that is too long", AccountName.exact(unpadded));
    }

    private List<Budget> ofDevice(byte[] number, byte[] account) {
        return List.of(
                budget("attempts of a device", number, rates.device()),
                budget("attempts of all devices", account, rates.allDevices()));
    }

    private List<Budget> ofStranger(String client, byte[] account) {
        Budget ofStrangers = budget("attempts of strangers", account, rates.strangers());
        return client.isEmpty()
                ? List.of(ofStrangers)
                : Stream.concat(ofClient(ClientNetwork.of(client)), Stream.of(ofStrangers))
                        .toList();
    }

    private Stream<Budget> ofClient(ClientNetwork networks) {
        Optional<Budget> ofSite =
                networks.site().map(site -> budget("attempts of a network", utf8(site), rates.network()));
        return Stream.concat(
                Stream.of(budget("attempts of a client", utf8(networks.client()), rates.client())), ofSite.stream());
    }

    private Budget budget(String purpose, byte[] whose, Rate rate) {
        return new Budget(Base64Url.encode(digest.of(purpose, whose)), rate);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
