package dev.gateline;

/**
 * A report that one login or many logins have ended before their time, at any node, or that a step-up has ended the
 * earlier identities of a login. Listeners get it by {@link Verifier#onEnded}: a host rechecks those of its open
 * streams that the ending may concern. Contains no secret. Immutable.
 */
public sealed interface Ending {

    /**
     * Whether this may have ended an identity. {@link Verifier#recheck(Identity)} says whether it has.
     *
     * @param identity the identity of an open stream
     */
    boolean mayConcern(Identity identity);

    /**
     * One login has ended.
     *
     * @param loginId a login of any authenticator over the same storage
     * @param reason the reason, as far as this node knows it
     */
    record OfLogin(LoginId loginId, EndReason reason) implements Ending {
        @Override
        public boolean mayConcern(Identity identity) {
            return identity.loginId().equals(loginId);
        }
    }

    /**
     * A login was stepped up and continues. Its earlier identities have ended. The client with the new credentials
     * opens its streams again.
     *
     * @param loginId a login of any authenticator over the same storage
     * @param stepUps the greatest {@link Identity#stepUps()} that has ended
     */
    record OfStepUp(LoginId loginId, int stepUps) implements Ending {
        @Override
        public boolean mayConcern(Identity identity) {
            return identity.loginId().equals(loginId) && identity.stepUps() <= stepUps;
        }
    }

    /**
     * All logins of a subject that had started before have ended.
     *
     * @param realm as in {@link Identity#realm()}
     * @param subject the subject of the logins
     */
    record OfSubject(String realm, String subject) implements Ending {
        @Override
        public boolean mayConcern(Identity identity) {
            return identity.realm().equals(realm) && identity.subject().equals(subject);
        }
    }

    /**
     * All logins of a realm that had started before have ended.
     *
     * @param realm as in {@link Identity#realm()}
     */
    record OfRealm(String realm) implements Ending {
        @Override
        public boolean mayConcern(Identity identity) {
            return identity.realm().equals(realm);
        }
    }

    /** Endings of any login may have been missed, because this node could not hear of endings for a while. */
    record OfSome() implements Ending {
        @Override
        public boolean mayConcern(Identity identity) {
            return true;
        }
    }
}
