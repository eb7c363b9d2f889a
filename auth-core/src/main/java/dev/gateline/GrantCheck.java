package dev.gateline;

/**
 * Whether a grant can be handed out: asked once it is made and before anything is written, so that a grant which does
 * not fit changes nothing.
 */
@FunctionalInterface
public interface GrantCheck {

    /**
     * Judges a grant. It may never be handed out, should something else go wrong.
     *
     * @param grant not in effect yet
     * @throws LoginRefusedException if it can't be handed out
     */
    void check(Grant grant);

    /** Any grant will do. */
    static GrantCheck any() {
        return grant -> {};
    }
}
