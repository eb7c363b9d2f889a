package dev.gateline.nodes;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.LoginId;

/** A login as its user knows it. Times are of {@link System#nanoTime()}. Thread-safe. */
final class Ticket {
    private static final long NEVER = Long.MAX_VALUE;

    private final String subject;
    private final LoginId id;
    private volatile Grant grant;
    private volatile boolean endAsked;
    private volatile long endedAt = NEVER;

    Ticket(String subject, Grant grant) {
        this.subject = subject;
        this.id = grant.loginId();
        this.grant = grant;
    }

    String subject() {
        return subject;
    }

    LoginId id() {
        return id;
    }

    Credential access() {
        return grant.access();
    }

    Credential renewal() {
        return grant.renewal();
    }

    void renewed(Grant next) {
        grant = next;
    }

    /** Somebody is about to end it: whether it lives is not known from here on. */
    void askEnd() {
        endAsked = true;
    }

    /** The call that ends it has returned. */
    void ended() {
        if (endedAt == NEVER) {
            endedAt = System.nanoTime();
        }
    }

    boolean isLive() {
        return !endAsked;
    }

    boolean isEnded() {
        return endedAt != NEVER;
    }

    /** For how long it had been ended at some time; negative if it had not been. */
    long nanosSinceEnd(long at) {
        return endedAt == NEVER ? -1 : at - endedAt;
    }
}
