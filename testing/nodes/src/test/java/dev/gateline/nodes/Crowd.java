package dev.gateline.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.servers.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Users who log in, show their tickets at any node, renew them and log out, all the time, and know what they were told:
 * whoever was told that a login has ended must not see it accepted, and whoever was told no such thing must not see it
 * refused.
 */
final class Crowd implements AutoCloseable {
    private static final int SUBJECTS = 12;
    private static final int TICKETS_OF_A_SUBJECT = 8;
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(500);

    private final Park park;
    private final List<Subject> subjects = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();
    private volatile boolean leaving;

    /** One thing at a time is done to the logins of a subject, so that it is known which of two came first. */
    private static final class Subject {
        private final String name = UUID.randomUUID().toString();
        private final ReentrantLock lock = new ReentrantLock();
        private final List<Ticket> tickets = new CopyOnWriteArrayList<>();
    }

    private Crowd(Park park) {
        this.park = park;
        for (int i = 0; i < SUBJECTS; i++) {
            subjects.add(new Subject());
        }
    }

    /** Begins when each node hears of changes: what a node that never did does in a fault is another question. */
    static Crowd in(Park park) {
        park.awaitAllFresh();
        Crowd crowd = new Crowd(park);
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(crowd::walk, "crowd");
            thread.setDaemon(true);
            crowd.threads.add(thread);
            thread.start();
        }
        crowd.awaitAccepted(150);
        return crowd;
    }

    private void walk() {
        Random random = new Random(Thread.currentThread().getId());
        while (!leaving) {
            Subject subject = subjects.get(random.nextInt(SUBJECTS));
            List<Node> nodes = park.nodes();
            step(subject, nodes.get(random.nextInt(nodes.size())), random);
            LockSupport.parkNanos(PAUSE);
        }
    }

    private void step(Subject subject, Node node, Random random) {
        int what = random.nextInt(100);
        try {
            if (what < 75) {
                any(subject, random).forEach(ticket -> show(ticket, node));
            } else {
                subject.lock.lock();
                try {
                    change(subject, node, what, random);
                } finally {
                    subject.lock.unlock();
                }
            }
        } catch (AuthUnavailableException e) {
            unavailable.incrementAndGet();
        } catch (RuntimeException e) {
            violations.add("threw " + e);
        }
    }

    /** One of the last, which are live more often than not. */
    private static List<Ticket> any(Subject subject, Random random) {
        List<Ticket> all = List.copyOf(subject.tickets);
        int last = Math.min(all.size(), 2 * TICKETS_OF_A_SUBJECT);
        return all.isEmpty() ? all : List.of(all.get(all.size() - 1 - random.nextInt(last)));
    }

    private void change(Subject subject, Node node, int what, Random random) {
        long live = subject.tickets.stream().filter(Ticket::isLive).count();
        if (live < TICKETS_OF_A_SUBJECT && (live == 0 || what < 85)) {
            Grant grant = node.gate().login(Login.of(subject.name));
            subject.tickets.add(new Ticket(subject.name, grant));
        } else if (what < 93) {
            any(subject, random).forEach(ticket -> renew(ticket, node));
        } else if (what < 98) {
            any(subject, random).forEach(ticket -> logout(ticket, node));
        } else if (what < 99) {
            end(List.copyOf(subject.tickets), () -> node.gate().logins().endAll(subject.name));
        } else {
            any(subject, random).forEach(keep -> endOthers(subject, keep, node));
        }
    }

    private void renew(Ticket ticket, Node node) {
        Outcome<Grant> outcome = node.gate().renew(ticket.renewal());
        outcome.toOptional().ifPresentOrElse(ticket::renewed, () -> {
            if (ticket.isLive()) {
                violations.add("not renewed although nobody has ended it: " + outcome);
            }
        });
    }

    private static void logout(Ticket ticket, Node node) {
        end(List.of(ticket), () -> node.gate().logout(ticket.access()));
    }

    private static void endOthers(Subject subject, Ticket keep, Node node) {
        List<Ticket> others =
                subject.tickets.stream().filter(ticket -> !ticket.equals(keep)).toList();
        end(others, () -> node.gate().logins().endOthers(subject.name, keep.id()));
    }

    private static void end(List<Ticket> tickets, Runnable call) {
        tickets.forEach(Ticket::askEnd);
        call.run();
        tickets.forEach(Ticket::ended);
    }

    /** Shows a ticket, and compares what is said of it with what is known. */
    void show(Ticket ticket, Node node) {
        Credential access = ticket.access();
        long began = System.nanoTime();
        Outcome<Identity> outcome = node.gate().authenticate(access);
        outcome.toOptional().ifPresentOrElse(identity -> checkAccepted(ticket, identity, began), () -> {
            refused.incrementAndGet();
            if (ticket.isLive() && ticket.access().equals(access)) {
                violations.add("refused although nobody has ended it: " + outcome);
            }
        });
    }

    private void checkAccepted(Ticket ticket, Identity identity, long began) {
        accepted.incrementAndGet();
        if (!identity.subject().equals(ticket.subject()) || !identity.loginId().equals(ticket.id())) {
            violations.add("taken for somebody else");
        }
        long since = ticket.nanosSinceEnd(began);
        if (since > Park.MAX_STALENESS.toNanos()) {
            violations.add("accepted " + Duration.ofNanos(since) + " after it had ended");
        }
    }

    int unavailable() {
        return unavailable.get();
    }

    void awaitAccepted(int more) {
        int before = accepted.get();
        Await.until(more + " are accepted", () -> accepted.get() - before >= more || !violations.isEmpty());
    }

    void awaitUnavailable(int more) {
        int before = unavailable.get();
        Await.until(more + " get no answer", () -> unavailable.get() - before >= more || !violations.isEmpty());
    }

    /** How long it takes until all nodes let people in again and hear of changes. */
    Duration awaitRecovery() {
        Duration took = Await.until(
                "all nodes work again",
                () -> park.nodes().stream().allMatch(this::works)
                        && park.nodes().stream().noneMatch(Node::isStale));
        awaitAccepted(150);
        return took;
    }

    private boolean works(Node node) {
        try {
            Grant grant = node.gate().login(Login.of("a controller"));
            for (Node other : park.nodes()) {
                assertThat(other.gate().authenticate(grant.access()).rejection())
                        .isEmpty();
            }
            node.gate().logout(grant.access());
            // a node that has just started may have to wait until another vouches for the older ones
            live().forEach(ticket -> node.gate().authenticate(ticket.access()));
            return true;
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    /** All that are live as far as is known. */
    List<Ticket> live() {
        return tickets().stream().filter(Ticket::isLive).toList();
    }

    /** All that have certainly ended. */
    List<Ticket> ended() {
        return tickets().stream().filter(Ticket::isEnded).toList();
    }

    private List<Ticket> tickets() {
        return subjects.stream().flatMap(subject -> subject.tickets.stream()).toList();
    }

    /** Sends everybody home, and looks at each ticket at each node. */
    String audit() {
        close();
        assertThat(violations).isEmpty();
        assertThat(live()).isNotEmpty();
        assertThat(ended()).isNotEmpty();
        int before = unavailable.get();
        for (Node node : park.nodes()) {
            tickets().forEach(ticket -> show(ticket, node));
            live().forEach(ticket -> renew(ticket, node));
            ended().forEach(ticket ->
                    assertThat(node.gate().renew(ticket.renewal()).toOptional()).isEmpty());
        }
        assertThat(violations).isEmpty();
        return "%,d accepted, %,d refused, %,d without an answer".formatted(accepted.get(), refused.get(), before);
    }

    @Override
    public void close() {
        leaving = true;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(30));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
