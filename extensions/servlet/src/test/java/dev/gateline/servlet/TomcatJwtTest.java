package dev.gateline.servlet;

import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.jwt.Algorithm;
import dev.gateline.jwt.JwtAuthenticator;
import dev.gateline.jwt.KeyRing;
import dev.gateline.store.Storage;
import java.time.Clock;

class TomcatJwtTest extends ServletContract {
    TomcatJwtTest() {
        super(TomcatServer::start);
    }

    @Override
    protected Authenticator authenticator(Storage storage, Clock clock, AuthListener listener) {
        KeyRing keys = KeyRing.generate(Algorithm.HS256);
        return JwtAuthenticator.builder(storage, keys)
                .issuer("https://park.example")
                .audience("park")
                .clock(clock)
                .listener(listener)
                .build();
    }
}
