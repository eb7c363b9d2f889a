package dev.gateline.http;

import dev.gateline.Activity;
import dev.gateline.Authenticator;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import java.util.Optional;

/** How the credentials of a kind of client travel, and who reads them. */
record WiredLane(Carrier carrier, Authenticator authenticator) {

    /** Whether its credentials are issued elsewhere. */
    boolean onlyReads() {
        return authenticator instanceof ReadOnly;
    }

    Outcome<Identity> authenticate(Credential credential, Requirement requirement, Activity activity) {
        return authenticator.authenticate(credential, requirement, activity);
    }

    Optional<Identity> tryAuthenticate(Credential credential, Requirement requirement, Activity activity) {
        return authenticator.tryAuthenticate(credential, requirement, activity);
    }

    Grant login(Login login) {
        return authenticator.login(login, carrier::checkFits);
    }

    Outcome<Grant> renew(Credential renewal) {
        return authenticator.renew(renewal, carrier::checkFits);
    }

    Outcome<Grant> refresh(Credential renewal, Activity activity) {
        return authenticator.refresh(renewal, activity, carrier::checkFits);
    }

    Outcome<Grant> reauthenticate(Credential renewal, Login again) {
        return authenticator.reauthenticate(renewal, again, carrier::checkFits);
    }

    boolean isAmbient() {
        return carrier.lane() == Lane.COOKIES;
    }

    /**
     * Ends every login that a client's credentials prove. Access and renewal credential are of one login as a rule; an
     * access credential is asked to end its own if that goes on, or if no renewal credential has proved anything.
     *
     * @return the first login that has ended; or else why the last credential did not prove anything
     */
    Outcome<LoginId> logout(Presented presented) {
        return logoutRest(presented, Outcome.rejected(Rejection.MISSING));
    }

    /**
     * The same, once one credential has been seen to.
     *
     * @param done what has come of the credential that is good for longest; it is not looked at again
     */
    Outcome<LoginId> logoutRest(Presented presented, Outcome<LoginId> done) {
        Outcome<LoginId> ended = done;
        boolean longestIsDone = isProved(done);
        for (Credential renewal : presented.renewals()) {
            if (!longestIsDone || !presented.longest().filter(renewal::equals).isPresent()) {
                ended = first(ended, authenticator.logout(renewal));
            }
        }
        for (Credential access : presented.accessOnly()) {
            if (!isProved(ended) || isLive(access)) {
                ended = first(ended, authenticator.logout(access));
            }
        }
        return ended;
    }

    private static Outcome<LoginId> first(Outcome<LoginId> one, Outcome<LoginId> next) {
        return isProved(one) ? one : next;
    }

    private static boolean isProved(Outcome<LoginId> ended) {
        return ended.toOptional().isPresent();
    }

    private boolean isLive(Credential access) {
        return authenticate(access, Requirement.none(), Activity.BACKGROUND)
                .toOptional()
                .isPresent();
    }
}
