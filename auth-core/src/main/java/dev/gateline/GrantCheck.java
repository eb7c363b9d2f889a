package dev.gateline;

/**
 * Checks whether a grant can be handed out. It is called after the grant is made and before anything is written, so
 * that a grant which does not fit changes nothing.
 */
@FunctionalInterface
public interface GrantCheck {

    /**
     * Checks a grant. If another step fails, the grant is never handed out.
     *
     * @param grant the grant, which is not in effect yet
     * @throws LoginRefusedException if it can't be handed out
     */
    void check(Grant grant);

    /** Accepts every grant. */
    static GrantCheck any() {
        return grant -> {};
    }
}
