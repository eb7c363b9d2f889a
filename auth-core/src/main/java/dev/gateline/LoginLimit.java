package dev.gateline;

/**
 * The number of live logins that a subject may have, and the effect of one more login (ASVS 5.0, 7.1.2). The limit is
 * exact, even if logins start at the same time on many nodes.
 *
 * @param most 1 or more
 * @param atLimit the effect of a login beyond the limit
 */
public record LoginLimit(int most, AtLimit atLimit) {

    /** As a number of logins: no limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** The effect of a login beyond the limit. */
    public enum AtLimit {
        /** The new login is refused with a {@link LoginRefusedException}, and the existing ones stay. */
        REFUSE,
        /** The login that started first ends. */
        END_OLDEST,
        /** The login that has been unused for the longest time ends. */
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

    /** No limit but the capacity of the store. */
    public static LoginLimit none() {
        return new LoginLimit(UNLIMITED, AtLimit.REFUSE);
    }

    /**
     * Refuses a login beyond the limit.
     *
     * @param most as for the constructor
     */
    public static LoginLimit refusingBeyond(int most) {
        return new LoginLimit(most, AtLimit.REFUSE);
    }

    /**
     * Ends the login that started first.
     *
     * @param most as for the constructor
     */
    public static LoginLimit endingOldestBeyond(int most) {
        return new LoginLimit(most, AtLimit.END_OLDEST);
    }

    /**
     * Ends the login that has been unused for the longest time.
     *
     * @param most as for the constructor
     */
    public static LoginLimit endingLeastRecentlySeenBeyond(int most) {
        return new LoginLimit(most, AtLimit.END_LEAST_RECENTLY_SEEN);
    }
}
