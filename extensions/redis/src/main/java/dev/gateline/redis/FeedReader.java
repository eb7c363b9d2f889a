package dev.gateline.redis;

import dev.gateline.internal.Landmarks;
import dev.gateline.internal.Secrets;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of changes from a position on, and proves whether the end of the stream was read. For one thread.
 *
 * <p>A position holds good for a <em>stay</em>: one run and history of one server. At its beginning the reader leaves a
 * mark of the stay at the server, and each beat of the stay renews the mark if it is still there. No later beat makes a
 * mark that is gone, because the answer to that beat may get lost. The mark is gone after a flush, and after the reader
 * was away for five minutes, half of the time for which the stream is kept.
 *
 * <p>A read goes over the connection of the last beat, so that no other server answers it. A new connection begins with
 * a beat, which has to find the mark and the entry at the position.
 *
 * <p>Another server may have the same stream up to some entry. The next stay then begins there ({@link #goBack}).
 */
final class FeedReader {
    static final int BATCH = 1_000;

    private static final long LONGEST_BREAK = Duration.ofMinutes(5).toNanos();

    /**
     * Keys: stream, mark. Arguments: the id of the stay, whether it begins (1 or 0), and the position. Answers whether
     * the mark is that of the stay, whether the entry at the position is there, the id of the last entry, the server,
     * and the content of the last entry if the stay begins.
     */
    private static final Script<List<?>> BEAT = Script.list(Opening.STREAM, ServerMark.LUA, """
            local answering = server()
            local mark = answering .. ' ' .. ARGV[1]
            local marked = ARGV[2] == '1' or redis.call('GET', KEYS[2]) == mark
            if marked then redis.call('SET', KEYS[2], mark, 'PX', 300000) end
            local at = redis.call('XREVRANGE', KEYS[1], ARGV[3], ARGV[3])[1]
            local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
            local content = ARGV[2] == '1' and last and table.concat(last[2], ' ') or ''
            return {marked and 1 or 0, at and 1 or 0, last and last[1] or '0-0', answering, content}
            """);

    /**
     * Key: stream. Arguments: id and content of entries. Answers the server, and the place of the first entry that is
     * there; 0 if none is.
     */
    private static final Script<List<?>> FIND = Script.list(Opening.STREAM, ServerMark.LUA, """
            for i = 1, #ARGV, 2 do
              local entry = redis.call('XREVRANGE', KEYS[1], ARGV[i], ARGV[i])[1]
              if entry and table.concat(entry[2], ' ') == ARGV[i + 1] then return {server(), (i + 1) / 2} end
            end
            return {server(), 0}
            """);

    private final Link link;
    private final byte[] stream;
    private final byte[] mark;
    private final LongSupplier clock;
    private final Landmarks<Entry> landmarks = new Landmarks<>();
    private String serverOfLandmarks = "";
    private String stay = "";
    private StreamId at = StreamId.BEFORE_ALL;
    private String content = "";
    private Beat beat = Beat.NONE;
    private Link.@Nullable Pin pin;

    /** The moment, by {@link System#nanoTime()}, before which everything was published that was read. */
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

    /** An entry of the stream. The content tells it from another one with the same id at another server. */
    private record Entry(StreamId id, String content) {
        Stream<byte[]> arguments() {
            return Stream.of(Wire.bytes(id.toString()), Wire.bytes(content));
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
     * @param content the content of the entry at the end, if the stay begins
     */
    record Beat(long sentAt, boolean marked, boolean held, StreamId end, String server, String content) {
        private static final Beat NONE = new Beat(0, false, false, StreamId.BEFORE_ALL, "", "");
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
        pin = link.pin();
        stay = Secrets.id();
        beat = beat("1");
        at = beat.end();
        content = beat.content();
        reachedAt = beat.sentAt();
        return beat;
    }

    /**
     * Moves the position of a stay that has just begun back to the newest entry that this reader had read at the server
     * before, if the stream of this server has that entry. Everything before the entry is the same then: a server gets
     * entries of another one only with all that the other one had done before.
     *
     * @return the moment, by {@link System#nanoTime()}, after which all entries were published that this server has
     *     lost; empty if there is no such entry, or if the server is the same and yet the stay is not
     */
    OptionalLong goBack() {
        List<Entry> known = landmarks.newestFirst(clock.getAsLong());
        int place = known.isEmpty() || serverOfLandmarks.equals(beat.server()) ? 0 : find(known);
        if (place == 0) {
            landmarks.clear();
            return OptionalLong.empty();
        }
        Entry common = known.get(place - 1);
        landmarks.forgetAfter(common);
        at = common.id();
        content = common.content();
        reachedAt = landmarks.at(common).orElseThrow().nanos();
        return OptionalLong.of(reachedAt);
    }

    private int find(List<Entry> known) {
        byte[][] arguments = known.stream().flatMap(Entry::arguments).toArray(byte[][]::new);
        List<?> answer = here().run(FIND, List.of(stream), arguments);
        return Wire.text(answer.get(0)).equals(beat.server()) ? (int) Wire.number(answer.get(1)) : 0;
    }

    /**
     * Sends the next beat. Returns whether no entry after the position can have been lost.
     *
     * @param afterBreak whether the connection was lost, so that another one is opened, and entries after the position
     *     may have been trimmed
     */
    boolean goesOn(boolean afterBreak) {
        if (clock.getAsLong() - reachedAt > LONGEST_BREAK) {
            return false;
        }
        if (afterBreak) {
            pin = link.pin();
        }
        beat = beat("0");
        boolean same = beat.marked() && at.compareTo(beat.end()) <= 0;
        if (same && beat.held()) {
            noteLandmark();
        }
        return same && (beat.held() || !afterBreak);
    }

    /** Notes an entry only after a beat of the same stay has found it: another server may have answered the read. */
    private void noteLandmark() {
        landmarks.note(new Entry(at, content), reachedAt);
        serverOfLandmarks = beat.server();
    }

    /** The connection of the last beat. A read over another one might be answered by another server. */
    private Link.Pin here() {
        return Objects.requireNonNull(pin);
    }

    private Beat beat(String begins) {
        long sentAt = clock.getAsLong();
        List<?> answer = here().run(
                        BEAT, List.of(stream, mark), Wire.bytes(stay), Wire.bytes(begins), Wire.bytes(at.toString()));
        return new Beat(
                sentAt,
                Wire.number(answer.get(0)) == 1,
                Wire.number(answer.get(1)) == 1,
                StreamId.of(Wire.text(answer.get(2))),
                Wire.text(answer.get(3)),
                Wire.text(answer.get(4)));
    }

    /** The answer to the last beat. */
    Beat beat() {
        return beat;
    }

    /** Whether everything was read that was published before the last beat. */
    boolean hasReachedBeat() {
        boolean reached = at.compareTo(beat.end()) >= 0;
        if (reached) {
            reachedAt = beat.sentAt();
        }
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
        List<StreamMessage<byte[], byte[]>> batch = here().ask(commands -> commands.xread(how, from), within);
        batch.forEach(message -> {
            action.accept(message);
            at = StreamId.of(message.getId());
            content = content(message.getBody());
        });
        return !batch.isEmpty();
    }

    private static String content(Map<byte[], byte[]> fields) {
        return fields.entrySet().stream()
                .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                .map(Wire::text)
                .collect(Collectors.joining(" "));
    }
}
