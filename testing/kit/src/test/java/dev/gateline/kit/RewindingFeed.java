package dev.gateline.kit;

import dev.gateline.store.Change;
import dev.gateline.store.ChangeFeed;
import dev.gateline.store.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A feed over a log in memory, whose server fails over. It reads on at the newest entry that the new server has. */
class RewindingFeed implements ChangeFeed {
    private static final long BETWEEN_LOOKS = TimeUnit.MICROSECONDS.toNanos(100);

    private final Servers servers;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "rewinding-feed");
    private volatile boolean closed;

    private int runOfRead = -1;

    /** All that was read of this history, each with the last moment at which it was the newest. */
    private final List<Read> read = new ArrayList<>();

    /** How many of them were there before this feed. */
    private int old;

    private int position;
    private long provenAt = System.nanoTime();

    record Read(Change change, long nanos) {}

    /** One server after the other, of which each has a log. Thread-safe. */
    static final class Servers {
        private List<Change> log = List.of();
        private List<Change> kept = List.of();
        private int run;
        private boolean cut;

        record State(List<Change> log, int run, boolean cut) {}

        synchronized State now() {
            return new State(log, run, cut);
        }

        synchronized void publish(List<Change> changes) {
            List<Change> longer = new ArrayList<>(log);
            longer.addAll(changes);
            log = List.copyOf(longer);
        }

        synchronized void keep() {
            kept = log;
        }

        synchronized void replace(boolean byNothing) {
            log = byNothing ? List.of() : kept;
            run++;
        }

        synchronized void cut(boolean isCut) {
            cut = isCut;
        }
    }

    RewindingFeed(Servers servers) {
        this.servers = servers;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed) {
            long now = System.nanoTime();
            Servers.State state = servers.now();
            if (!state.cut) {
                poll(state, now);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    private void poll(Servers.State state, long now) {
        if (state.run != runOfRead) {
            begin(state);
        }
        subscriptions.forEach(Subscription::tellGap);
        for (; position < state.log.size(); position++) {
            Change change = state.log.get(position);
            subscriptions.forEach(each -> each.tell(change));
            read.add(new Read(change, provenAt));
        }
        provenAt = now;
        if (!read.isEmpty()) {
            read.set(read.size() - 1, new Read(read.get(read.size() - 1).change, now));
        }
        subscriptions.forEach(each -> each.tellFresh(now));
    }

    private void begin(Servers.State state) {
        int common = common(read, state.log);
        if (common < 0) {
            position = state.log.size();
            old = position;
            subscriptions.forEach(Subscription::lose);
        } else {
            position = Math.min(next(common), state.log.size());
            subscriptions.forEach(each -> each.rewind(moment(read, common)));
        }
        read.subList(Math.min(common + 1, read.size()), read.size()).clear();
        state.log.subList(read.size(), position).forEach(change -> read.add(new Read(change, System.nanoTime())));
        runOfRead = state.run;
    }

    /** The place of the newest entry that was read here and is in another log; -1 if there is none. */
    int common(List<Read> before, List<Change> log) {
        for (int i = Math.min(before.size(), log.size()) - 1; i >= old; i--) {
            if (before.get(i).change.equals(log.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** The place at which the feed reads on. */
    int next(int common) {
        return common + 1;
    }

    /** The moment after which all was published that is lost. */
    long moment(List<Read> before, int common) {
        return before.get(common).nanos;
    }

    @Override
    public void publish(Change change) {
        servers.publish(List.of(change));
    }

    @Override
    public void subscribe(Subscriber subscriber) {
        subscriptions.add(new Subscription(subscriber));
    }

    @Override
    public void close() {
        closed = true;
    }
}
