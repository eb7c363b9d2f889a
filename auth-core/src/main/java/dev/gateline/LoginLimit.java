package dev.gateline;

/**
 * How many live logins a subject may have, and what happens at one more (ASVS 5.0, 7.1.2). Exact: logins that start at
 * the same time on many nodes are never one too many.
 *
 * @param most 1 or more
 * @param atLimit what a login beyond that does
 */
public record LoginLimit(int most, AtLimit atLimit) {

    /** As a number of logins: no limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** What a login beyond the limit does. */
    public enum AtLimit {
        /** It is refused with a {@link LoginRefusedException}: whoever is in stays in. */
        REFUSE,
        /** It ends the login that started first. */
        END_OLDEST,
        /** It ends the login that has gone unused for longest. */
        END_LEAST_RECENTLY_SEEN
    }

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public LoginLimit {
        if (most < 1) {
            throw new IllegalArgumentException("login limit: at least 1, was " + most);
        }
    }

    /** As many as the store holds. */
    public static LoginLimit none() {
        return new LoginLimit(UNLIMITED, AtLimit.REFUSE);
    }

    /**
     * Refuses the new one.
     *
     * @param most as for the constructor
     */
    public static LoginLimit refusingBeyond(int most) {
        return new LoginLimit(most, AtLimit.REFUSE);
    }

    /**
     * Ends the one that started first.
     *
     * @param most as for the constructor
     */
    public static LoginLimit endingOldestBeyond(int most) {
        return new LoginLimit(most, AtLimit.END_OLDEST);
    }

    /**
     * Ends the one that has gone unused for longest.
     *
     * @param most as for the constructor
     */
    public static LoginLimit endingLeastRecentlySeenBeyond(int most) {
        return new LoginLimit(most, AtLimit.END_LEAST_RECENTLY_SEEN);
    }
}
