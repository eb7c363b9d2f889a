package dev.gateline.http;

import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.util.Optional;
import java.util.function.Supplier;

/** A kind of client: how its credentials travel, and who reads them. */
record Lane(Carrier carrier, Authenticator authenticator) {

    /** Whether its credentials are issued elsewhere. */
    boolean onlyReads() {
        return authenticator instanceof ReadOnly;
    }

    Outcome<Identity> authenticate(Credential credential, Requirement requirement) {
        return authenticator.authenticate(credential, requirement);
    }

    /**
     * Ends what a client presented. Two credentials are of one login as a rule; a second one whose login goes on when the
     * first one's has ended is ended too.
     *
     * @return what the first has proved, or else the second
     */
    Outcome<LoginId> logout(Presented presented) {
        Outcome<LoginId> ended =
                presented.longest().map(authenticator::logout).orElse(Outcome.rejected(Rejection.MISSING));
        return logoutRest(presented, ended);
    }

    /** The same, once the credential that is good for longest has been seen to. */
    Outcome<LoginId> logoutRest(Presented presented, Outcome<LoginId> ended) {
        boolean proved = ended.toOptional().isPresent();
        Optional<Outcome<LoginId>> rest = presented
                .access()
                .filter(access -> presented.hasRenewalOfItsOwn())
                .filter(access -> !proved || isLive(access))
                .map(authenticator::logout);
        return proved ? ended : rest.orElse(ended);
    }

    private boolean isLive(Credential access) {
        return authenticate(access, Requirement.none()).toOptional().isPresent();
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
