package dev.gateline;

/**
 * That a login has ended before its time, or many have, or that a step-up has ended the earlier proof of a login, at
 * whatever node. Told to those who listen by {@link Verifier#onEnded}: a host looks which of its open streams it may
 * concern, and rechecks those. Carries no secret. Immutable.
 */
public sealed interface Ending {

    /**
     * Whether an identity may have ended by this: {@link Verifier#recheck(Identity)} says whether it has.
     *
     * @param identity of a stream that is open
     */
    boolean mayConcern(Identity identity);

    /**
     * One login has ended.
     *
     * @param loginId of any authenticator over the same storage
     * @param reason as far as it is known here
     */
    record OfLogin(LoginId loginId, EndReason reason) implements Ending {
        @Override
        public boolean mayConcern(Identity identity) {
            return identity.loginId().equals(loginId);
        }
    }

    /**
     * A login was stepped up, and goes on: earlier identities of it have ended, whoever has them. A client that has the
     * new credentials opens its streams again.
     *
     * @param loginId of any authenticator over the same storage
     * @param stepUps that of the last {@link Identity#stepUps()} that has ended
     */
    record OfStepUp(LoginId loginId, int stepUps) implements Ending {
        @Override
        public boolean mayConcern(Identity identity) {
            return identity.loginId().equals(loginId) && identity.stepUps() <= stepUps;
        }
    }

    /**
     * All logins of a subject have ended that had started by then.
     *
     * @param realm as in {@link Identity#realm()}
     * @param subject whose logins
     */
    record OfSubject(String realm, String subject) implements Ending {
        @Override
        public boolean mayConcern(Identity identity) {
            return identity.realm().equals(realm) && identity.subject().equals(subject);
        }
    }

    /**
     * All logins of a realm have ended that had started by then.
     *
     * @param realm as in {@link Identity#realm()}
     */
    record OfRealm(String realm) implements Ending {
        @Override
        public boolean mayConcern(Identity identity) {
            return identity.realm().equals(realm);
        }
    }

    /** Endings may have been missed, of any login: this node could not hear of them for a while. */
    record OfSome() implements Ending {
        @Override
        public boolean mayConcern(Identity identity) {
            return true;
        }
    }
}
