package dev.gateline.redis;

import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import java.time.Duration;
import java.util.List;

/** Reads the stream of changes, and proves whether the end of the stream was read. For one thread. */
final class FeedReader {
    static final int BATCH = 1_000;

    /**
     * Keys: stream, mark. Answers whether the mark is that of the beat before, the id of the last entry, and the mark.
     */
    private static final Script<List<?>> BEAT = Script.list(Opening.STREAM, ServerMark.LUA, """
            local mark = server()
            local before = redis.call('GET', KEYS[2])
            redis.call('SET', KEYS[2], mark, 'PX', 300000)
            local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
            return {before == mark and 1 or 0, last and last[1] or '0-0', mark}
            """);

    private final Link link;
    private final byte[] stream;
    private final byte[] mark;

    /** An id in the stream. */
    record StreamId(long millis, long sequence) implements Comparable<StreamId> {
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
     * @param marked whether the mark of the beat before was still there
     * @param end the last id of the stream, as of some moment after {@code sentAt}
     * @param server the {@link ServerMark} of the server that answered
     */
    record Beat(long sentAt, boolean marked, StreamId end, String server) {

        /** Whether a reader at this id has read everything. */
        boolean isReachedAt(StreamId at) {
            return at.compareTo(end) >= 0;
        }

        /** Whether no entry after this id can have been lost. */
        boolean goesOnFrom(StreamId at) {
            return marked && at.compareTo(end) <= 0;
        }
    }

    /**
     * A reader that has read nothing yet.
     *
     * @param link a link for this reader alone, because a read waits
     * @param mark key of this reader's marks
     */
    FeedReader(Link link, byte[] stream, byte[] mark) {
        this.link = link;
        this.stream = stream;
        this.mark = mark;
    }

    Beat beat() {
        long sentAt = System.nanoTime();
        List<?> answer = link.run(BEAT, List.of(stream, mark));
        return new Beat(
                sentAt,
                Wire.number(answer.get(0)) == 1,
                StreamId.of(Wire.text(answer.get(1))),
                Wire.text(answer.get(2)));
    }

    /** Reads at most {@link #BATCH} entries, in order. Returns none if no entry comes within the time. */
    @SuppressWarnings("unchecked") // the array of the varargs is generic
    List<StreamMessage<byte[], byte[]>> read(StreamId after, Duration within) {
        XReadArgs how = XReadArgs.Builder.block(within).count(BATCH);
        StreamOffset<byte[]> from = StreamOffset.from(stream, after.toString());
        return link.ask(commands -> commands.xread(how, from), within);
    }
}
