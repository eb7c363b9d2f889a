package dev.gateline.nodes;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Somebody with several logins, which one {@link User} changes. Thread-safe. */
final class Subject {
    private static final int MOST_KEPT = 100;

    /** How much later a server may do what it was asked by a call that has given up: it may have been frozen. */
    private static final long LATE = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final List<KnownLogin> logins = new CopyOnWriteArrayList<>();
    private volatile long mayBeEndedUntil = System.nanoTime();

    Subject(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** A call that ends all had no answer: it may yet end what starts now. */
    void mayBeEnded() {
        mayBeEndedUntil = System.nanoTime() + LATE;
    }

    void add(KnownLogin login) {
        if (mayBeEndedUntil - System.nanoTime() > 0) {
            login.askEnd();
        }
        logins.add(login);
        if (logins.size() > MOST_KEPT) {
            logins.stream().filter(each -> each.ending() != null).findFirst().ifPresent(logins::remove);
        }
    }

    /** Live or not, oldest first. */
    List<KnownLogin> logins() {
        return logins;
    }

    List<KnownLogin> live() {
        return logins.stream().filter(KnownLogin::isLive).toList();
    }

    /** Those of which nobody knows whether they have ended. */
    List<KnownLogin> inDoubt() {
        return logins.stream().filter(KnownLogin::isEndInDoubt).toList();
    }

    static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
