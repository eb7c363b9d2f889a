package dev.gateline.jwt;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.store.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Uses all of this module that may load classes by name. */
public final class EveryUse implements Runnable {
    @Override
    public void run() {
        for (Algorithm algorithm : Algorithm.values()) {
            KeyRing keys = KeyRing.generate(algorithm);
            login(keys);
            if (!algorithm.isSymmetric()) {
                KeySet.parse(keys.jwks());
            }
        }
        inAFile();
    }

    private static void login(KeyRing keys) {
        try (JwtAuthenticator gate = JwtAuthenticator.builder(Storage.inMemory(10), keys)
                .issuer("https://park.example")
                .audience("park")
                .build()) {
            Grant grant = gate.login(
                    Login.builder("ada").claim("roles", List.of("keeper")).build());
            gate.authenticate(grant.access());
            gate.authenticate(Credential.of("e30.e30.AA"));
            gate.renew(grant.renewal());
            gate.logout(grant.access());
        }
    }

    private static void inAFile() {
        try {
            Path file = Files.createTempDirectory("ring").resolve("keys.json");
            login(KeyRing.builder(Algorithm.ES256).file(file).build());
            login(KeyRing.builder(Algorithm.ES256).file(file).build());
            login(KeyRing.of(SigningKey.generate(Algorithm.RS256).named("2026-11")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
