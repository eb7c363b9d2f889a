package dev.gateline.jdbc;

import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed.Subscriber;

/** To one subscriber, who hears of a gap before anything else. Used by the feed's thread only. */
final class Line {
    private final Subscriber subscriber;
    private boolean inGap = true;

    Line(Subscriber subscriber) {
        this.subscriber = subscriber;
    }

    /** Something was missed, or may have been. */
    void lose() {
        inGap = true;
    }

    boolean isInGap() {
        return inGap;
    }

    void tellGap() {
        if (inGap) {
            inGap = false;
            tell(subscriber::gap);
        }
    }

    void tell(Change change) {
        if (!inGap) {
            tell(() -> subscriber.changed(change));
        }
    }

    void tellFresh(long nanos) {
        if (!inGap) {
            tell(() -> subscriber.freshAsOf(nanos));
        }
    }

    /** A listener that fails may have missed the report. */
    private void tell(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException | Error e) {
            inGap = true;
        }
    }
}
