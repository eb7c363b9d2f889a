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

/** A carrier for the credentials of a kind of client, and the authenticator that reads them. Immutable. */
record WiredLane(Carrier carrier, Authenticator authenticator) {

    /** Whether another issuer issues the credentials of this lane. */
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
     * Ends every login that a client's credentials prove. Access and renewal credential usually belong to one login. An
     * access credential ends its own login if that one still lives, or if no renewal credential has proved anything.
     *
     * @return the first login that has ended, or the rejection of the last credential
     */
    Outcome<LoginId> logout(Presented presented) {
        return logoutRest(presented, Outcome.rejected(Rejection.MISSING));
    }

    /**
     * Ends every login that the credentials prove, except that of one credential, which has been handled.
     *
     * @param done the outcome for the credential that is good for longest
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
