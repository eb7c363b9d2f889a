package dev.gateline;

import java.util.List;

/**
 * The live logins, and ending them. Once a method that ends has returned, what it ended is accepted nowhere; if it
 * throws {@link AuthUnavailableException}, call it again. All are idempotent. Thread-safe.
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
     * Ends a login, whoever's it is: for administrators. A page on which users end their own logins wants
     * {@link #end(String, LoginId)}.
     *
     * @param id of any login, live or not
     */
    void end(LoginId id);

    /**
     * Ends a login if it is this subject's, so that nobody can end somebody else's by sending its id.
     *
     * @param subject who asks
     * @param id as it came from the client
     * @return whether it was a login of this subject
     */
    boolean end(String subject, LoginId id);

    /**
     * The logins of several authenticators as one.
     *
     * @param all each is told of every ending, also when an earlier one fails
     */
    static Logins joined(List<Logins> all) {
        return new JoinedLogins(List.copyOf(all));
    }

    /**
     * Ends all logins of a subject; one that starts afterwards lives, even in the same instant.
     *
     * @param subject as in {@link Login#subject()}
     */
    void endAll(String subject);

    /**
     * Ends all logins of everybody: after a key or a store was stolen, or a store was restored from a backup, say. What
     * is kept of them in the store goes as it expires. Logins that start afterwards live, even in the same instant.
     * Only those of this authenticator end: not those of another realm, issuer or audience, nor those of visitors.
     */
    void endEverybody();

    /**
     * Ends all logins of a subject but one: after a change of password, say.
     *
     * @param subject as in {@link Login#subject()}
     * @param keep the login that stays
     */
    void endOthers(String subject, LoginId keep);
}
