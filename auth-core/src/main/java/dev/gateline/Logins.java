package dev.gateline;

import java.util.List;

/**
 * Lists live logins and ends them. After a method has ended a login and returned, no node accepts that login; with
 * copies in the memory of other nodes it may take as long as their {@code maxStaleness}. If a method throws an {@link
 * AuthUnavailableException}, call it again. All methods are idempotent. Thread-safe.
 */
public interface Logins {

    /**
     * The live logins of a subject, newest first.
     *
     * @param subject as in {@link Login#subject()}
     * @return a copy; empty for an unknown subject
     */
    List<LoginInfo> of(String subject);

    /**
     * Ends a login of any user: for administrators. A page on which users end their own logins calls {@link
     * #end(String, LoginId)}.
     *
     * @param id of any login, live or not
     */
    void end(LoginId id);

    /**
     * Ends a login if it belongs to this subject, so that no user can end another user's login by sending its id.
     *
     * @param subject the user who asks
     * @param id as it came from the client
     * @return whether it was a login of this subject
     */
    boolean end(String subject, LoginId id);

    /**
     * The logins of several authenticators as one.
     *
     * @param all each of them gets every call, even if an earlier one fails
     */
    static Logins joined(List<Logins> all) {
        return new JoinedLogins(List.copyOf(all));
    }

    /**
     * Ends all logins of a subject. A login that starts afterwards lives, even in the same instant.
     *
     * @param subject as in {@link Login#subject()}
     */
    void endAll(String subject);

    /**
     * Ends all logins of this authenticator, for example after a key or a store was stolen, or after a store was
     * restored from a backup. Logins of another realm, issuer or audience, and visits, do not end. Logins that start
     * afterwards live, even in the same instant. The rows stay in the store until they expire.
     */
    void endEverybody();

    /**
     * Ends all logins of a subject except one, for example after a change of password.
     *
     * @param subject as in {@link Login#subject()}
     * @param keep the login that stays
     */
    void endOthers(String subject, LoginId keep);
}
