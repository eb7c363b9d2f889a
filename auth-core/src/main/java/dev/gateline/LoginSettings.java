package dev.gateline;

import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a login that the builders of all strategies share, and their defaults. The methods without arguments
 * are for the strategies, which read the settings as they are built. Not thread-safe.
 *
 * @param <B> the builder that has the settings
 */
public abstract class LoginSettings<B extends LoginSettings<B>> extends ClockAndListener<B> {
    private static final Timeouts USUAL = new Timeouts(Duration.ofMinutes(30), Duration.ofHours(12));
    private static final Timeouts REMEMBERED = new Timeouts(Duration.ofDays(14), Duration.ofDays(30));

    private @Nullable Duration idleTimeout;
    private @Nullable Duration absoluteTimeout;
    private @Nullable Timeouts remembered;
    private BiFunction<Login, Timeouts, Timeouts> shortened = (login, usual) -> usual;
    private LoginLimit limit = LoginLimit.endingLeastRecentlySeenBeyond(100);
    private Duration grace = Duration.ofSeconds(10);
    private RenewalPolicy renewals = RenewalPolicy.unchanged();

    /** Begins with the defaults. */
    protected LoginSettings() {}

    /**
     * How long a login may go unused.
     *
     * @param timeout at least 1 s, at most the absolute timeout; default 30 min, or the absolute timeout if that is
     *     shorter
     */
    public B idleTimeout(Duration timeout) {
        idleTimeout = timeout;
        return self();
    }

    /**
     * How long a login may last, however much it is used; renewal does not extend it.
     *
     * @param timeout at least the idle timeout; default 12 h
     */
    public B absoluteTimeout(Duration timeout) {
        absoluteTimeout = timeout;
        return self();
    }

    /**
     * Other timeouts for logins that the client keeps beyond its own end.
     *
     * @param timeouts default: 14 days idle, 30 days absolute, or the usual ones where those are longer
     */
    public B remembered(Timeouts timeouts) {
        remembered = timeouts;
        return self();
    }

    /**
     * Shortens the timeouts of some logins, for example of administrators.
     *
     * @param shortened gets a login and its usual timeouts, and returns timeouts, which can't lengthen them
     */
    public B shortened(BiFunction<Login, Timeouts, Timeouts> shortened) {
        this.shortened = shortened;
        return self();
    }

    /**
     * How many live logins a user may have.
     *
     * @param limit default: 100 logins; beyond that the login that has been unused for the longest time ends
     */
    public B limit(LoginLimit limit) {
        this.limit = limit;
        return self();
    }

    /**
     * How long a credential that was renewed still leads to its successor after the successor was used, for requests in
     * flight. A use more than a minute after that counts as theft and ends the login; the minute is for clocks that
     * differ.
     *
     * @param span 1 s to 1 min, shorter than the idle timeout; default 10 s
     */
    public B grace(Duration span) {
        grace = span;
        return self();
    }

    /**
     * Decides at each renewal whether the login may continue, and with which claims.
     *
     * @param policy default: every login continues with its claims
     */
    public B renewals(RenewalPolicy policy) {
        renewals = policy;
        return self();
    }

    /**
     * The timeouts of most logins.
     *
     * @throws IllegalArgumentException naming the rule that they break, and the values
     */
    protected final Timeouts usualTimeouts() {
        Duration absolute = absoluteTimeout != null ? absoluteTimeout : USUAL.absolute();
        Duration idle = idleTimeout != null ? idleTimeout : shorter(USUAL.idle(), absolute);
        return new Timeouts(idle, absolute);
    }

    /**
     * The timeouts of logins that the client keeps beyond its own end.
     *
     * @throws IllegalArgumentException as {@link #usualTimeouts()}
     */
    protected final Timeouts rememberedTimeouts() {
        if (remembered != null) {
            return remembered;
        }
        Timeouts usual = usualTimeouts();
        return new Timeouts(longer(usual.idle(), REMEMBERED.idle()), longer(usual.absolute(), REMEMBERED.absolute()));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The function that shortens the timeouts of some logins. */
    protected final BiFunction<Login, Timeouts, Timeouts> shortened() {
        return shortened;
    }

    /** How many live logins a user may have. */
    protected final LoginLimit limit() {
        return limit;
    }

    /** How long a credential that was renewed leads to its successor after the successor was used. */
    protected final Duration grace() {
        return grace;
    }

    /** The policy that decides at each renewal. */
    protected final RenewalPolicy renewals() {
        return renewals;
    }
}
