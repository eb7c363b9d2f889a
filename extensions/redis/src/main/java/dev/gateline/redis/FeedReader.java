package dev.gateline.redis;

import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import java.time.Duration;
import java.util.List;

/** Reads the stream of changes, and proves how far that is the end of it. For one thread. */
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
     * @param end of the stream, as of some moment after {@code sentAt}
     * @param server the {@link ServerMark} of the server that answered
     */
    record Beat(long sentAt, boolean marked, StreamId end, String server) {

        /** Whether somebody who has read up to there has read everything. */
        boolean isReachedAt(StreamId at) {
            return at.compareTo(end) >= 0;
        }

        /** Whether nothing can have been lost of what was to be read from there on. */
        boolean goesOnFrom(StreamId at) {
            return marked && at.compareTo(end) <= 0;
        }
    }

    /**
     * A reader that has read nothing yet.
     *
     * @param link for this alone, as reading waits
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

    /** At most {@link #BATCH} entries, in order; none if none comes within the time. */
    @SuppressWarnings("unchecked") // of the array that varargs make
    List<StreamMessage<byte[], byte[]>> read(StreamId after, Duration within) {
        XReadArgs how = XReadArgs.Builder.block(within).count(BATCH);
        StreamOffset<byte[]> from = StreamOffset.from(stream, after.toString());
        return link.ask(commands -> commands.xread(how, from), within);
    }
}
