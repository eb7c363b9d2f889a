package dev.gateline.redis;

import dev.gateline.AuthUnavailableException;
import dev.gateline.redis.Connector.Connection;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One connection, shared by all threads. It is opened when it is first needed. It is opened again if it breaks, if an
 * answer does not come in time, or if its server takes no writes. A command is sent twice only if Redis has said that
 * it did nothing and may succeed in a moment; all attempts together take no longer than the timeout. A caller gets an
 * answer or an exception, which quotes nothing of the command. After an exception the command may have been carried
 * out. While there is no connection, and for half a second after none could be opened, the exception comes at once.
 *
 * <p>Thread-safe. No lock is held while it waits.
 */
final class Link implements AutoCloseable {
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

    private final Connector connector;
    private final Duration timeout;
    private final Consumer<Connection> greeting;
    private final AtomicReference<Attempt> current = new AtomicReference<>(Attempt.none());
    private volatile boolean closed;

    /** A command on a connection. */
    @FunctionalInterface
    interface Command<T> extends Function<RedisClusterAsyncCommands<byte[], byte[]>, RedisFuture<T>> {}

    /** A way to send a command and to wait for the answer. */
    @FunctionalInterface
    private interface Way {
        Object ask(Command<Object> command);
    }

    /** A connection, or the attempt to open it. */
    private static final class Attempt {
        private final CompletableFuture<Connection> connection = new CompletableFuture<>();
        private final AtomicBoolean closing = new AtomicBoolean();
        private final long startedAt = System.nanoTime();
        private volatile long failedAt;
        private volatile boolean retired;

        static Attempt none() {
            Attempt none = new Attempt();
            none.retired = true;
            return none;
        }

        void start(Connector connector, Consumer<Connection> greeting) {
            try {
                var unused = connector.connect().whenComplete((opened, failure) -> {
                    if (failure == null) {
                        greet(opened, greeting);
                    } else {
                        fail(failure);
                    }
                });
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void greet(Connection opened, Consumer<Connection> greeting) {
            try {
                greeting.accept(opened);
            } finally {
                connection.complete(opened);
            }
        }

        private void fail(Throwable failure) {
            failedAt = System.nanoTime();
            connection.completeExceptionally(failure);
        }

        void close() {
            if (closing.compareAndSet(false, true)) {
                var unused = connection.thenCompose(opened ->
                        opened.isOpen() ? opened.state().closeAsync() : CompletableFuture.completedFuture(null));
            }
        }

        boolean isOver() {
            if (!connection.isDone()) {
                return retired;
            }
            return connection.isCompletedExceptionally()
                    ? System.nanoTime() - failedAt > PAUSE
                    : retired || !connection.join().isOpen();
        }
    }

    /**
     * Creates a link that is not open yet.
     *
     * @param timeout how long to wait for an answer
     * @param greeting gets each new connection before anybody else sends a command on it; it must not wait
     */
    Link(Connector connector, Duration timeout, Consumer<Connection> greeting) {
        this.connector = connector;
        this.timeout = timeout;
        this.greeting = greeting;
    }

    /** Sends a command and waits for the answer. */
    <T> T ask(Command<T> command) {
        return ask(command, Duration.ZERO);
    }

    /** Sends a command that takes its time before it answers. */
    <T> T ask(Command<T> command, Duration takes) {
        return ask(this::attempt, command, takes);
    }

    private <T> T ask(Supplier<Attempt> attempt, Command<T> command, Duration takes) {
        long deadline = System.nanoTime() + timeout.toNanos();
        long pause = SHORTEST_PAUSE;
        while (true) {
            try {
                return askOn(attempt.get(), command, takes);
            } catch (NotNowException e) {
                if (System.nanoTime() + pause - deadline > 0) {
                    throw e;
                }
                pauseFor(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
        }
    }

    private static void pauseFor(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthUnavailableException("interrupted while Redis was asked", e);
        }
    }

    private <T> T askOn(Attempt attempt, Command<T> command, Duration takes) {
        Connection connection = connection(attempt);
        return await(attempt, say(connection, command), timeout.plus(takes).toNanos());
    }

    /** Sends several commands at once, and waits for all the answers. */
    <T> List<T> askAll(List<Command<T>> commands) {
        return askAll(commands, i -> ask(commands.get(i)));
    }

    /**
     * Sends several commands at once.
     *
     * @param again asks once more, for a command that Redis could not carry out in this way or at this moment
     */
    private <T> List<T> askAll(List<Command<T>> commands, IntFunction<T> again) {
        Attempt attempt = attempt();
        Connection connection = connection(attempt);
        long deadline = System.nanoTime() + timeout.toNanos();
        List<Future<T>> answers =
                commands.stream().map(command -> say(connection, command)).toList();
        List<T> all = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            try {
                all.add(await(attempt, answers.get(i), deadline - System.nanoTime()));
            } catch (NotNowException | RedisNoScriptException e) {
                all.add(again.apply(i));
            }
        }
        return all;
    }

    /** Runs a script. All its keys must be in one slot of a cluster. */
    <T> T run(Script<T> script, List<byte[]> keys, byte[]... arguments) {
        return run(this::ask, script, keys, arguments);
    }

    /**
     * Runs a script for several keys at once, which may be in any slots of a cluster. A server that does not know the
     * script gets it from a call of its own.
     *
     * @param arguments the arguments for each key
     */
    <T> List<T> runEach(Script<T> script, List<byte[]> keys, List<byte[][]> arguments) {
        List<Command<Object>> commands = IntStream.range(0, keys.size())
                .mapToObj(i -> byDigest(script, new byte[][] {keys.get(i)}, arguments.get(i)))
                .toList();
        IntFunction<Object> again = i -> answer(this::ask, script, List.of(keys.get(i)), arguments.get(i));
        return askAll(commands, again).stream().map(script.read()).toList();
    }

    private static Command<Object> byDigest(Script<?> script, byte[][] keys, byte[]... arguments) {
        return commands -> commands.evalsha(script.digest(), script.form(), keys, arguments);
    }

    /**
     * Runs a script, and waits until replicas have its writes. {@code WAIT} delays all callers that share the
     * connection, so it is sent several times with a growing timeout, instead of once. Redis counts the writes of the
     * connection, so all commands go over one connection.
     *
     * @throws AuthUnavailableException also if the script was carried out and too few replicas have it within the time
     */
    <T> T runReplicated(int replicas, Duration within, Script<T> script, List<byte[]> keys, byte[]... arguments) {
        Attempt attempt = attempt();
        T answer = run(command -> askOn(attempt, command, Duration.ZERO), script, keys, arguments);
        long deadline = System.nanoTime() + within.toNanos();
        long wait = SHORTEST_PAUSE;
        long reached;
        do {
            Duration some = Duration.ofNanos(wait);
            reached = askOn(attempt, commands -> commands.waitForReplication(replicas, some.toMillis()), some);
            wait = Math.min(2 * wait, LONGEST_PAUSE);
        } while (reached < replicas && System.nanoTime() - deadline < 0);
        if (reached < replicas) {
            throw new AuthUnavailableException("Redis has the ending, and " + reached + " of its replicas within "
                    + within + ", instead of " + replicas + "; the call may be repeated");
        }
        return answer;
    }

    private static <T> T run(Way ask, Script<T> script, List<byte[]> keys, byte[]... arguments) {
        return script.read().apply(answer(ask, script, keys, arguments));
    }

    private static Object answer(Way ask, Script<?> script, List<byte[]> keys, byte[]... arguments) {
        byte[][] names = keys.toArray(byte[][]::new);
        try {
            return ask.ask(byDigest(script, names, arguments));
        } catch (RedisNoScriptException e) {
            return ask.ask(commands -> commands.<Object>eval(script.text(), script.form(), names, arguments));
        }
    }

    private Attempt attempt() {
        if (closed) {
            throw new IllegalStateException("the storage is closed");
        }
        Attempt attempt = current();
        if (attempt.isOver()) {
            Attempt next = new Attempt();
            if (current.compareAndSet(attempt, next)) {
                next.start(connector, greeting);
                if (closed) {
                    reset();
                }
            }
            attempt = current();
        }
        return attempt;
    }

    private Attempt current() {
        return Objects.requireNonNull(current.get());
    }

    private Connection connection(Attempt attempt) {
        // a copy, because a caller that gives up waiting cancels it
        return await(attempt, attempt.connection.copy(), timeout.toNanos());
    }

    private static <T> Future<T> say(Connection connection, Command<T> command) {
        try {
            return command.apply(connection.commands());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> T await(Attempt attempt, Future<T> answer, long nanos) {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(attempt, Objects.requireNonNullElse(e.getCause(), e));
        } catch (CancellationException e) {
            throw failure(attempt, e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            retire(attempt);
            throw new AuthUnavailableException(
                    attempt.connection.isDone()
                            ? "Redis did not answer within " + timeout
                            : Advice.onSilence(timeout.toString()));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new AuthUnavailableException("interrupted while Redis was asked", e);
        }
    }

    private RuntimeException failure(Attempt attempt, Throwable cause) {
        if (cause instanceof RedisNoScriptException noScript) {
            return noScript;
        }
        Refusal refusal = Refusal.in(cause);
        if (refusal == null || refusal.isOfAServerToLeave()) {
            retire(attempt);
        }
        if (refusal != null && refusal.isOfAFullServer()) {
            return new FullException();
        }
        if (refusal != null) {
            return refusal.isForNow()
                    ? new NotNowException(refusal.message())
                    : new AuthUnavailableException(refusal.message());
        }
        String message =
                attempt.connection.isCompletedExceptionally() ? Advice.onNoConnection(cause) : "Redis failed: " + cause;
        return new AuthUnavailableException(message, cause);
    }

    /**
     * The connection of this moment. It leads to one server, or to the servers of one cluster. No command goes over
     * another connection: once this one is closed, each command fails.
     */
    final class Pin {
        private final Attempt attempt = attempt();

        private Pin() {}

        /** Sends a command that takes its time before it answers. */
        <T> T ask(Command<T> command, Duration takes) {
            return Link.this.ask(() -> attempt, command, takes);
        }

        /** Runs a script. All its keys must be in one slot of a cluster. */
        <T> T run(Script<T> script, List<byte[]> keys, byte[]... arguments) {
            return Link.run(command -> ask(command, Duration.ZERO), script, keys, arguments);
        }
    }

    /** Pins commands to one connection, which is opened if there is none. */
    Pin pin() {
        return new Pin();
    }

    /** Opens another connection for the next call. Commands under way on this one may still get their answers. */
    private void retire(Attempt attempt) {
        // if a part of a cluster is away, finding the rest takes some timeouts
        long least = attempt.connection.isDone() ? PAUSE : Math.max(PAUSE, 4 * timeout.toNanos());
        if (System.nanoTime() - attempt.startedAt > least && !attempt.retired) {
            attempt.retired = true;
            CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(attempt::close);
        }
    }

    /**
     * Opens another connection for the next call, at most twice a second. Commands under way on this one may still get
     * their answers.
     */
    void renew() {
        retire(current());
    }

    /** Closes the connection, and opens another for the next call. */
    void reset() {
        Attempt attempt = current();
        attempt.retired = true;
        attempt.close();
    }

    /** Closes the connection for good. Commands under way fail. Idempotent. */
    @Override
    public void close() {
        closed = true;
        reset();
    }
}
