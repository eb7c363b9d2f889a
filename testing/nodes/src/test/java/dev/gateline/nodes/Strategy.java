package dev.gateline.nodes;

import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.spi.Storage;
import java.time.Clock;
import java.time.Duration;

enum Strategy {
    SESSION {
        @Override
        Authenticator gate(Storage storage, Clock clock, AuthListener listener) {
            return SessionAuthenticator.builder(storage)
                    .clock(clock)
                    .listener(listener)
                    .build();
        }
    },
    JWT {
        @Override
        Authenticator gate(Storage storage, Clock clock, AuthListener listener) {
            return JwtAuthenticator.builder(storage, "https://park.example", "park-api", KEYS, Duration.ofHours(12))
                    // users come back with what they have after outages of half a minute
                    .grace(Duration.ofMinutes(1))
                    .clock(clock)
                    .listener(listener)
                    .build();
        }
    };

    private static final KeyRing KEYS = KeyRing.generate(Algorithm.HS256);

    abstract Authenticator gate(Storage storage, Clock clock, AuthListener listener);
}
