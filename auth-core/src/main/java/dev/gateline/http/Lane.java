package dev.gateline.http;

import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Requirement;
import java.util.function.Supplier;

/** A kind of client: how its credentials travel, and who reads them. */
record Lane(Carrier carrier, Authenticator authenticator) {

    Outcome<Identity> authenticate(Credential credential, Requirement requirement) {
        return authenticator.authenticate(credential, requirement);
    }

    void logout(Presented presented) {
        presented.access().ifPresent(authenticator::logout);
        presented.renewal().filter(it -> presented.hasRenewalOfItsOwn()).ifPresent(authenticator::logout);
    }

    /** A grant that does not reach the client must not go on living. */
    <T> T orTakeBack(Grant grant, Supplier<T> action) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            try {
                authenticator.logout(grant.renewal());
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }
}
