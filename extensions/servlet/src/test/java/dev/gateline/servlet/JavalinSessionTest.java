package dev.gateline.servlet;

import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.time.Clock;

class JavalinSessionTest extends JavalinContract {
    @Override
    protected Authenticator authenticator(Storage storage, Clock clock, AuthListener listener) {
        return SessionAuthenticator.builder(storage)
                .clock(clock)
                .listener(listener)
                .build();
    }
}
