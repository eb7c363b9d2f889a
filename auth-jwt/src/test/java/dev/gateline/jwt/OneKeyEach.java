package dev.gateline.jwt;

import java.security.KeyPair;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One key of each algorithm for all tests that need no other, because new RSA keys take long. */
final class OneKeyEach {
    private static final KeyPair RSA = Forge.pair("RSA", 2048);
    private static final Map<Algorithm, SigningKey> KEYS = new ConcurrentHashMap<>();

    private OneKeyEach() {}

    static SigningKey of(Algorithm algorithm) {
        return KEYS.computeIfAbsent(
                algorithm, it -> it.name().matches("[RP]S.*") ? SigningKey.of(it, RSA) : SigningKey.generate(it));
    }
}
