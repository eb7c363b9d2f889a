package dev.gateline.nodes;

import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.LoginLimit;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.time.Clock;

enum Strategy {
    SESSION {
        @Override
        Authenticator gate(Storage storage, Clock clock, AuthListener listener, LoginLimit limit) {
            return SessionAuthenticator.builder(storage)
                    .limit(limit)
                    .clock(clock)
                    .listener(listener)
                    .build();
        }
    },
    JWT {
        @Override
        Authenticator gate(Storage storage, Clock clock, AuthListener listener, LoginLimit limit) {
            return JwtAuthenticator.builder(storage, KEYS)
                    .issuer("https://park.example")
                    .audience("park-api")
                    .limit(limit)
                    .clock(clock)
                    .listener(listener)
                    .build();
        }
    };

    private static final KeyRing KEYS = KeyRing.generate(Algorithm.HS256);

    static final LoginLimit USUAL_LIMIT = LoginLimit.endingLeastRecentlySeenBeyond(100);

    abstract Authenticator gate(Storage storage, Clock clock, AuthListener listener, LoginLimit limit);

    Authenticator gate(Storage storage, Clock clock, AuthListener listener) {
        return gate(storage, clock, listener, USUAL_LIMIT);
    }
}
