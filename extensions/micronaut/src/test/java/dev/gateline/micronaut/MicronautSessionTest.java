package dev.gateline.micronaut;

import dev.gateline.AuthListener;
import dev.gateline.Authenticator;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import java.time.Clock;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class MicronautSessionTest extends MicronautContract {
    @Override
    protected Authenticator authenticator(Storage storage, Clock clock, AuthListener listener) {
        return SessionAuthenticator.builder(storage)
                .clock(clock)
                .listener(listener)
                .build();
    }
}
