package dev.gateline.http;

import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.Verifier;
import java.util.List;
import java.util.Set;

/** Reads the credentials of an issuer elsewhere, and can do nothing else with them. */
record ReadOnly(Verifier verifier) implements Authenticator {

    @Override
    public Outcome<Identity> authenticate(Credential credential, Requirement requirement) {
        return verifier.authenticate(credential, requirement);
    }

    @Override
    public Set<String> prefixes() {
        return verifier.prefixes();
    }

    @Override
    public Grant login(Login login) {
        throw new IllegalStateException("a reading lane starts no logins");
    }

    @Override
    public Outcome<Grant> renew(Credential renewal) {
        return issuedElsewhere();
    }

    @Override
    public Outcome<Grant> refresh(Credential renewal) {
        return issuedElsewhere();
    }

    @Override
    public Outcome<Grant> reauthenticate(Credential renewal, Login again) {
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
