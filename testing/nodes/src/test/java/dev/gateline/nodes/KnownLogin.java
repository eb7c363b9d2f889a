package dev.gateline.nodes;

import dev.gateline.Grant;
import dev.gateline.LoginId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A login as its users know it. One of them changes it, others show it and count in its data meanwhile. Times are of
 * {@link System#nanoTime()}. Thread-safe.
 */
final class KnownLogin {
    private static final int MOST_HELD = 6;

    private final String subject;
    private final LoginId id;
    private final History history;
    private final Deque<Held> held = new ArrayDeque<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger countsBegun = new AtomicInteger();
    private final List<Long> counts = new CopyOnWriteArrayList<>();
    private volatile Held current;
    private volatile long writtenAt;
    private volatile boolean endAsked;
    private volatile boolean gone;
    private volatile boolean inDoubt;
    private volatile Ending ending;

    /**
     * Credentials.
     *
     * @param proof the number of the proof of who the user is that they carry
     */
    record Held(Grant grant, int proof) {}

    /** A call that ended the login has returned. */
    record Ending(Node node, long at) {}

    /** The state that was known as a call began. */
    record Look(int changes, Held held, long at) {}

    KnownLogin(String subject, Grant grant, int proof, History history) {
        this.subject = subject;
        this.history = history;
        id = grant.loginId();
        hold(grant, proof);
    }

    String subject() {
        return subject;
    }

    LoginId id() {
        return id;
    }

    History history() {
        return history;
    }

    /** New credentials have been acknowledged. */
    synchronized void hold(Grant grant, int proof) {
        current = new Held(grant, proof);
        writtenAt = System.nanoTime();
        inDoubt = false;
        held.addFirst(current);
        if (held.size() > MOST_HELD) {
            held.removeLast();
        }
    }

    Held current() {
        return current;
    }

    /** The last credentials, newest first. */
    synchronized List<Held> held() {
        return List.copyOf(held);
    }

    Look look() {
        return new Look(changes.get(), current, System.nanoTime());
    }

    /** Whether nobody has changed, or begun to change, anything since a look. */
    boolean isAsOf(Look look) {
        return look.changes % 2 == 0 && changes.get() == look.changes;
    }

    /** Does what changes the credentials, or ends them, so that others know that they may meet either state. */
    void change(Runnable action) {
        changes.incrementAndGet();
        try {
            action.run();
        } finally {
            changes.incrementAndGet();
        }
    }

    /** The last acknowledged write of the credentials. */
    long writtenAt() {
        return writtenAt;
    }

    /** Somebody is about to end it: whether it lives is not known from here on. */
    void askEnd() {
        endAsked = true;
    }

    void ended(Node node) {
        if (ending == null) {
            ending = new Ending(node, System.nanoTime());
        }
    }

    /** Null as long as no call that ends it has returned. */
    Ending ending() {
        return ending;
    }

    boolean isLive() {
        return !endAsked && !gone;
    }

    boolean isEndInDoubt() {
        return endAsked && ending == null && !gone;
    }

    /** It was refused: for good reason, or the violation has been told. */
    void lose() {
        gone = true;
    }

    /** A step-up got no answer: its ticket is lost, and the one before may be worth nothing. */
    void doubt() {
        inDoubt = true;
    }

    boolean isInDoubt() {
        return inDoubt;
    }

    int countsBegun() {
        return countsBegun.get();
    }

    void beginCount() {
        countsBegun.incrementAndGet();
    }

    void counted() {
        counts.add(System.nanoTime());
    }

    /** How many counts were acknowledged before a moment and are not among those that a server has forgotten. */
    long countedBefore(long moment, Losses losses) {
        return counts.stream()
                .filter(at -> moment - at > 0 && !losses.mayCover(at))
                .count();
    }
}
