package dev.gateline.store;

import dev.gateline.store.ChangeFeed.Subscriber;
import java.time.Duration;

/**
 * A subscriber as a {@link ChangeFeed} calls it: the gap comes before anything else. A subscriber that fails may have
 * missed the report, so its next report is a gap again. A gap that failed is retried after 100 ms at the earliest,
 * because a gap may cost the subscriber many reads. A feed that finds an earlier position again on another server says
 * {@link #rewind} instead of {@link #lose}. Not thread-safe.
 */
public final class Subscription {
    private static final System.Logger LOG = System.getLogger(ChangeFeed.class.getName());

    private final Subscriber subscriber;
    private final long pause;
    private boolean inGap = true;

    /** Whether the untold gap is one of changes after {@code rewoundTo} only. */
    private boolean rewound;

    private long rewoundTo;
    private boolean failed;
    private long failedAt;

    /** Begins in a gap. */
    public Subscription(Subscriber subscriber) {
        this(subscriber, Duration.ofMillis(100));
    }

    /**
     * Begins in a gap.
     *
     * @param pause the time between a failure and the next gap
     */
    Subscription(Subscriber subscriber, Duration pause) {
        this.subscriber = subscriber;
        this.pause = pause.toNanos();
    }

    /** Notes that a change was missed, or may have been. */
    public void lose() {
        inGap = true;
        rewound = false;
    }

    /**
     * Notes that the server has lost changes, as for {@link Subscriber#rewound}. The feed has to call {@link #tellGap}
     * before it delivers the changes that follow.
     *
     * @param nanos the moment after which the lost changes were published
     */
    public void rewind(long nanos) {
        if (inGap && !rewound) {
            return;
        }
        rewoundTo = inGap && rewoundTo - nanos < 0 ? rewoundTo : nanos;
        inGap = true;
        rewound = true;
    }

    /** Whether the subscriber has to hear of a gap before it hears anything else. */
    public boolean isInGap() {
        return inGap;
    }

    /** Reports the gap, if there is one and the pause after a failure is over. */
    public void tellGap() {
        if (inGap && !(failed && System.nanoTime() - failedAt < pause)) {
            inGap = false;
            tell(rewound ? () -> subscriber.rewound(rewoundTo) : subscriber::gap);
        }
    }

    /** Reports a change. In a gap it does nothing, because the gap stands for the change. */
    public void tell(Change change) {
        if (!inGap) {
            tell(() -> subscriber.changed(change));
        } else {
            rewound = false;
        }
    }

    /**
     * Reports that all changes published before a moment have been reported. In a gap it does nothing.
     *
     * @param nanos the moment by {@link System#nanoTime()}
     */
    public void tellFresh(long nanos) {
        if (!inGap) {
            tell(() -> subscriber.freshAsOf(nanos));
        }
    }

    private void tell(Runnable report) {
        try {
            report.run();
            failed = false;
        } catch (RuntimeException | Error e) {
            lose();
            failed = true;
            failedAt = System.nanoTime();
            LOG.log(System.Logger.Level.DEBUG, "a subscriber has failed, and will hear of a gap", e);
        }
    }
}
