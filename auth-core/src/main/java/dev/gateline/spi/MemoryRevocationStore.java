package dev.gateline.spi;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Revocations in this process. Bounded by nothing but their time: each lives as long as the tokens it covers, minutes
 * as a rule. A look-up is three hash look-ups, whatever the number of entries.
 */
final class MemoryRevocationStore implements RevocationStore {
    private static final int LOOKS_PER_WRITE = 4;

    private final Map<Kind, Map<String, Entry>> entries = new EnumMap<>(Kind.class);
    private final ConcurrentSkipListSet<Entry> byTime = new ConcurrentSkipListSet<>();
    private final AtomicLong highestEpoch = new AtomicLong();

    private enum Kind {
        TOKEN,
        LOGIN,
        SUBJECT
    }

    /** {@code epoch} is 0 but for a subject. */
    private record Entry(Kind kind, String key, long epoch, Instant until) implements Comparable<Entry> {
        Entry mergedInto(Entry old) {
            return new Entry(kind, key, Math.max(epoch, old.epoch), until.isAfter(old.until) ? until : old.until);
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = until.compareTo(other.until);
            int byKind = byTime != 0 ? byTime : kind.compareTo(other.kind);
            int byKey = byKind != 0 ? byKind : key.compareTo(other.key);
            return byKey != 0 ? byKey : Long.compare(epoch, other.epoch);
        }
    }

    MemoryRevocationStore() {
        for (Kind kind : Kind.values()) {
            entries.put(kind, new ConcurrentHashMap<>());
        }
    }

    @Override
    public void revoke(Revocation revocation, Instant now) {
        Kind kind = revocation.grain() == Revocation.Grain.TOKEN ? Kind.TOKEN : Kind.LOGIN;
        add(new Entry(kind, revocation.key(), 0, revocation.until()), now);
    }

    /** Numbers rise whatever is forgotten and wherever the clock goes; they begin at the clock, above any lost ones. */
    @Override
    public long raiseEpoch(String subject, Instant now, Instant until) {
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        long epoch = highestEpoch.updateAndGet(highest -> Math.max(highest + 1, micros));
        add(new Entry(Kind.SUBJECT, subject, epoch, until), now);
        return epoch;
    }

    @Override
    public long epoch(String subject) {
        Entry entry = of(Kind.SUBJECT).get(subject);
        return entry == null ? 0 : entry.epoch();
    }

    @Override
    public boolean isRevoked(Revocable it) {
        return of(Kind.TOKEN).containsKey(it.tokenId())
                || of(Kind.LOGIN).containsKey(it.loginId())
                || (!of(Kind.SUBJECT).isEmpty() && it.epoch() < epoch(it.subjectKey()));
    }

    /** What to write down of it, and how to read that again. */
    interface Sink {
        void take(String kind, String key, long epoch, long untilMicros) throws IOException;
    }

    void writeTo(Sink sink) throws IOException {
        for (Entry entry : byTime) {
            sink.take(entry.kind().name(), entry.key(), entry.epoch(), LoginState.micros(entry.until()));
        }
    }

    void restore(String name, String key, long epoch, long untilMicros, Instant now) {
        Kind kind = Arrays.stream(Kind.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such kind of revocation"));
        highestEpoch.accumulateAndGet(epoch, Math::max);
        add(new Entry(kind, key, epoch, LoginState.instant(untilMicros)), now);
    }

    private Map<String, Entry> of(Kind kind) {
        return entries.getOrDefault(kind, Map.of());
    }

    private void add(Entry entry, Instant now) {
        forgetDead(now);
        of(entry.kind()).compute(entry.key(), (key, old) -> {
            if (old != null) {
                byTime.remove(old);
            }
            Entry next = old == null ? entry : entry.mergedInto(old);
            byTime.add(next);
            return next;
        });
    }

    /** Each write looks at a few entries whose time has come: forgetting keeps up with no scan and no thread. */
    private void forgetDead(Instant now) {
        for (int i = 0; i < LOOKS_PER_WRITE; i++) {
            Iterator<Entry> earliest = byTime.iterator();
            if (!earliest.hasNext()) {
                return;
            }
            Entry entry = earliest.next();
            if (entry.until().isAfter(now)) {
                return;
            }
            of(entry.kind()).remove(entry.key(), entry);
            byTime.remove(entry);
        }
    }
}
