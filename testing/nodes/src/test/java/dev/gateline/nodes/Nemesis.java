package dev.gateline.nodes;

import dev.gateline.AuthEvent;
import dev.gateline.AuthUnavailableException;
import dev.gateline.Grant;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.LoginLimit;
import dev.gateline.nodes.KnownLogin.Ending;
import dev.gateline.servers.Await;
import dev.gateline.servers.Server;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Breaks things at random for some time, while users do at random what users do, and compares every answer with what is
 * promised. All that is random follows from a seed, and so does what is tried; how it interleaves does not.
 */
final class Nemesis {
    private static final int USERS = 4;
    private static final int SUBJECTS_OF_A_USER = 5;
    private static final int VISITORS = 3;
    private static final int LONGEST_PAUSE = 70;
    private static final int LONGEST_FAULT = 2_500;
    private static final int LONGEST_QUIET = 2_000;

    private final Park park;
    private final Losses losses = new Losses();
    private final History faults = new History();
    private final Promises promises = new Promises(losses, faults);
    private final Caller caller = new Caller(promises);
    private final List<Subject> subjects = new ArrayList<>();
    private final List<User> users = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Mode mode;
    private final long seed;
    private final AtomicInteger controls = new AtomicInteger();
    private int struck;

    /** The result of a run. */
    record Result(int answered, int unanswered, int faults, int broken, List<String> told) {}

    private Nemesis(Park park, Mode mode, long seed) {
        this.park = park;
        this.mode = mode;
        this.seed = seed;
        for (int i = 0; i < USERS; i++) {
            List<Subject> own = IntStream.range(0, SUBJECTS_OF_A_USER)
                    .mapToObj(each -> new Subject("user " + subjects.size() + each))
                    .toList();
            subjects.addAll(own);
            users.add(new User(park, own, promises, losses, caller, new Random(seed + i)));
        }
        park.listen(this::hear);
    }

    /**
     * Runs for some time, and then looks at everything at every node.
     *
     * @param seed of everything that is random
     */
    static Result run(Technology technology, Strategy strategy, Mode mode, long seed, Duration time) {
        try (Server server = mode.start(technology)) {
            if (mode != Mode.SHARDS) {
                return run(technology, List.of(server), strategy, mode, seed, time);
            }
            try (Server other = technology.start()) {
                return run(technology, List.of(server, other), strategy, mode, seed, time);
            }
        }
    }

    private static Result run(
            Technology technology, List<Server> servers, Strategy strategy, Mode mode, long seed, Duration time) {
        try (Park park = new Park(technology, servers, strategy, UnaryOperator.identity())) {
            park.limit(LoginLimit.refusingBeyond(User.MOST_LOGINS)).open();
            return new Nemesis(park, mode, seed).run(time);
        }
    }

    private void hear(AuthEvent event) {
        if (event instanceof AuthEvent.ReuseDetected reuse) {
            subjects.stream()
                    .flatMap(subject -> subject.logins().stream())
                    .filter(login -> login.id().equals(reuse.loginId()))
                    .forEach(promises::reused);
        }
    }

    private Result run(Duration time) {
        awaitAllWork();
        List<Thread> threads = start();
        try {
            strike(System.nanoTime() + time.toNanos());
        } finally {
            over.countDown();
            threads.forEach(Nemesis::join);
        }
        audit();
        return new Result(caller.answered(), caller.unanswered(), struck, promises.broken(), promises.told());
    }

    private List<Thread> start() {
        List<Thread> threads = new ArrayList<>();
        for (User user : users) {
            threads.add(start(user::act, seed + 100 + threads.size()));
        }
        for (int i = 0; i < VISITORS; i++) {
            Random random = new Random(seed + 200 + i);
            threads.add(start(visitor(random)::act, seed + 300 + i));
        }
        return threads;
    }

    private Visitor visitor(Random random) {
        return new Visitor(park, subjects, promises, losses, caller, random);
    }

    private Thread start(Runnable act, long seedOfPauses) {
        Random random = new Random(seedOfPauses);
        Thread thread = new Thread(
                () -> {
                    while (!isOverAfter(random.nextInt(LONGEST_PAUSE))) {
                        act.run();
                    }
                },
                "nemesis");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isOverAfter(int millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void strike(long until) {
        Random random = new Random(seed);
        Faults all = new Faults(park, mode, losses, random);
        boolean quiet = isOverAfter(LONGEST_QUIET);
        while (!quiet && System.nanoTime() - until < 0) {
            List<Fault> now = all.next();
            now.forEach(this::strike);
            quiet = isOverAfter(random.nextInt(LONGEST_FAULT));
            now.forEach(this::heal);
            struck += now.size();
            awaitAllWork();
            quiet |= isOverAfter(random.nextInt(LONGEST_QUIET));
        }
    }

    private void strike(Fault fault) {
        faults.add(System.nanoTime(), "------", fault.name(), "begins");
        long began = System.nanoTime();
        fault.strike().run();
        faults.add(began, "------", fault.name(), "has begun");
    }

    private void heal(Fault fault) {
        long began = System.nanoTime();
        fault.heal().run();
        faults.add(began, "------", fault.name(), "is over");
    }

    private void awaitAllWork() {
        Await.until(
                "all nodes work again",
                () -> park.nodes().stream().allMatch(this::works)
                        && park.nodes().stream().noneMatch(Node::isStale));
    }

    private boolean works(Node node) {
        try {
            Grant grant = node.gate().login(Login.of("controller " + controls.incrementAndGet()));
            boolean all = park.nodes().stream()
                    .allMatch(other -> other.gate()
                            .authenticate(grant.access())
                            .toOptional()
                            .isPresent());
            node.gate().logins().end(grant.loginId());
            return all;
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    /**
     * All is well again: now at every node, and at one that remembers nothing, everything has to be as users know it.
     */
    private void audit() {
        park.add(Clock.systemUTC());
        awaitAllWork();
        Await.until("the last ending is known everywhere", this::areEndingsKnown);
        Await.until(
                "every node answers for every login, and lists those of every user",
                () -> park.nodes().stream().allMatch(this::answersForAll));
        Visitor visitor = visitor(new Random(seed));
        for (Subject subject : subjects) {
            for (KnownLogin login : subject.logins()) {
                park.nodes().forEach(node -> look(visitor, login, node));
            }
        }
        for (Subject subject : subjects) {
            subject.live()
                    .forEach(login -> users.get(0).renew(login, park.nodes().get(0)));
            lookAtLimit(subject);
        }
    }

    /** A node may not know yet what has ended of the older ones. */
    private boolean answersForAll(Node node) {
        try {
            subjects.stream()
                    .flatMap(subject -> subject.live().stream())
                    .forEach(login ->
                            node.gate().authenticate(login.current().grant().access()));
            subjects.forEach(subject -> node.gate().logins().of(subject.name()));
            return true;
        } catch (AuthUnavailableException e) {
            return false;
        }
    }

    private boolean areEndingsKnown() {
        long now = System.nanoTime();
        return subjects.stream().flatMap(subject -> subject.logins().stream()).allMatch(login -> {
            Ending ending = login.ending();
            return ending == null || now - ending.at() > Park.MAX_STALENESS.toNanos();
        });
    }

    private static void look(Visitor visitor, KnownLogin login, Node node) {
        if (login.ending() != null) {
            visitor.showAll(login, node);
        } else if (login.isLive()) {
            visitor.show(login, node, false);
            visitor.show(login, node, true);
            visitor.lookAtCount(login, node);
        }
    }

    private void lookAtLimit(Subject subject) {
        for (Node node : park.nodes()) {
            List<LoginId> listed = node.gate().logins().of(subject.name()).stream()
                    .map(LoginInfo::id)
                    .toList();
            promises.limit(subject.name(), listed.size(), User.MOST_LOGINS);
        }
    }
}
