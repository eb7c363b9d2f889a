package dev.gateline.http;

import dev.gateline.Activity;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Ending;
import dev.gateline.Grant;
import dev.gateline.GrantCheck;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the credentials of another issuer, and can do nothing else with them. Thread-safe. */
record ReadOnly(Verifier verifier) implements Authenticator {

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        return verifier.authenticate(credential, requirement, activity);
    }

    @Override
    public Optional<Identity> tryAuthenticate(Credential credential, Requirement requirement, Activity activity) {
        return verifier.tryAuthenticate(credential, requirement, activity);
    }

    @Override
    public Outcome<Identity> recheck(Identity identity, Requirement requirement) {
        return verifier.recheck(identity, requirement);
    }

    /** Subscribes to the endings, if the issuer reports them. Otherwise the listener hears nothing. */
    @Override
    public Listening onEnded(Consumer<Ending> listener) {
        try {
            return verifier.onEnded(listener);
        } catch (IllegalStateException e) {
            return () -> {};
        }
    }

    @Override
    public Set<String> prefixes() {
        return verifier.prefixes();
    }

    @Override
    public Grant login(Login login, GrantCheck check) {
        throw new IllegalStateException("a reading lane starts no logins");
    }

    @Override
    public Outcome<Grant> renew(Credential renewal, GrantCheck check) {
        return issuedElsewhere();
    }

    @Override
    public Outcome<Grant> refresh(Credential renewal, Activity activity, GrantCheck check) {
        return issuedElsewhere();
    }

    @Override
    public Outcome<Grant> reauthenticate(Credential renewal, Login again, GrantCheck check) {
        return issuedElsewhere();
    }

    @Override
    public Outcome<LoginId> logout(Credential credential) {
        return issuedElsewhere();
    }

    private static <T> Outcome<T> issuedElsewhere() {
        return Outcome.rejected(Rejection.WRONG_ISSUER, "a reading lane only reads: renew and end it at its issuer");
    }

    @Override
    public Logins logins() {
        return Logins.joined(List.of());
    }

    @Override
    public void close() {}
}
