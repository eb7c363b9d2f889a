package dev.gateline.redis;

import dev.gateline.internal.Secrets;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Reads the stream of changes from a position on, and proves whether the end of the stream was read. For one thread.
 *
 * <p>A position holds good for a <em>stay</em>: one run and history of one server. At its beginning the reader leaves a
 * mark of the stay at the server, and each beat of the stay renews the mark if it is still there. No later beat makes a
 * mark that is gone, because the answer to that beat may get lost. The mark is gone after a flush, and after the reader
 * was away for five minutes, half of the time for which the stream is kept.
 */
final class FeedReader {
    static final int BATCH = 1_000;

    private static final long LONGEST_BREAK = Duration.ofMinutes(5).toNanos();

    /**
     * Keys: stream, mark. Arguments: the id of the stay, whether it begins (1 or 0), and the position. Answers whether
     * the mark is that of the stay, whether the entry at the position is there, the id of the last entry, and the
     * server.
     */
    private static final Script<List<?>> BEAT = Script.list(Opening.STREAM, ServerMark.LUA, """
            local answering = server()
            local mark = answering .. ' ' .. ARGV[1]
            local marked = ARGV[2] == '1' or redis.call('GET', KEYS[2]) == mark
            if marked then redis.call('SET', KEYS[2], mark, 'PX', 300000) end
            local at = redis.call('XREVRANGE', KEYS[1], ARGV[3], ARGV[3])[1]
            local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
            return {marked and 1 or 0, at and 1 or 0, last and last[1] or '0-0', answering}
            """);

    private final Link link;
    private final byte[] stream;
    private final byte[] mark;
    private final LongSupplier clock;
    private String stay = "";
    private StreamId at = StreamId.BEFORE_ALL;
    private Beat beat = Beat.NONE;
    private long reachedAt;

    /** An id in the stream. */
    private record StreamId(long millis, long sequence) implements Comparable<StreamId> {
        static final StreamId BEFORE_ALL = new StreamId(0, 0);

        static StreamId of(String id) {
            int hyphen = id.indexOf('-');
            return new StreamId(Long.parseLong(id.substring(0, hyphen)), Long.parseLong(id.substring(hyphen + 1)));
        }

        @Override
        public int compareTo(StreamId other) {
            int byTime = Long.compare(millis, other.millis);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }

        @Override
        public String toString() {
            return millis + "-" + sequence;
        }
    }

    /**
     * The answer to a beat.
     *
     * @param sentAt by {@link System#nanoTime()}, before it was sent
     * @param marked whether the mark of the stay was still there
     * @param held whether the entry at the position was still there
     * @param end the last id of the stream, as of some moment after {@code sentAt}
     * @param server the {@link ServerMark} of the server that answered
     */
    record Beat(long sentAt, boolean marked, boolean held, StreamId end, String server) {
        private static final Beat NONE = new Beat(0, false, false, StreamId.BEFORE_ALL, "");
    }

    /**
     * A reader without a position.
     *
     * @param link a link for this reader alone, because a read waits
     * @param mark key of this reader's marks
     */
    FeedReader(Link link, byte[] stream, byte[] mark) {
        this(link, stream, mark, System::nanoTime);
    }

    FeedReader(Link link, byte[] stream, byte[] mark, LongSupplier clock) {
        this.link = link;
        this.stream = stream;
        this.mark = mark;
        this.clock = clock;
    }

    /** Begins a stay at the end of the stream. */
    Beat begin() {
        stay = Secrets.id();
        beat = beat("1");
        at = beat.end();
        reachedAt = beat.sentAt();
        return beat;
    }

    /**
     * Sends the next beat. Returns whether no entry after the position can have been lost.
     *
     * @param afterBreak whether this reader may have been away for so long that entries were trimmed
     */
    boolean goesOn(boolean afterBreak) {
        if (clock.getAsLong() - reachedAt > LONGEST_BREAK) {
            return false;
        }
        beat = beat("0");
        boolean same = beat.marked() && at.compareTo(beat.end()) <= 0;
        return same && (beat.held() || !afterBreak);
    }

    private Beat beat(String begins) {
        long sentAt = clock.getAsLong();
        List<?> answer =
                link.run(BEAT, List.of(stream, mark), Wire.bytes(stay), Wire.bytes(begins), Wire.bytes(at.toString()));
        return new Beat(
                sentAt,
                Wire.number(answer.get(0)) == 1,
                Wire.number(answer.get(1)) == 1,
                StreamId.of(Wire.text(answer.get(2))),
                Wire.text(answer.get(3)));
    }

    /** The answer to the last beat. */
    Beat beat() {
        return beat;
    }

    /** Whether everything was read that was published before the last beat. */
    boolean hasReachedBeat() {
        boolean reached = at.compareTo(beat.end()) >= 0;
        reachedAt = reached ? beat.sentAt() : reachedAt;
        return reached;
    }

    /**
     * Reads at most {@link #BATCH} entries, in order, and moves the position behind each entry once an action has taken
     * it. Returns false if no entry comes within the time.
     */
    @SuppressWarnings("unchecked") // the array of the varargs is generic
    boolean read(Duration within, Consumer<StreamMessage<byte[], byte[]>> action) {
        XReadArgs how = XReadArgs.Builder.block(within).count(BATCH);
        StreamOffset<byte[]> from = StreamOffset.from(stream, at.toString());
        List<StreamMessage<byte[], byte[]>> batch = link.ask(commands -> commands.xread(how, from), within);
        batch.forEach(message -> {
            action.accept(message);
            at = StreamId.of(message.getId());
        });
        return !batch.isEmpty();
    }
}
