package dev.gateline.redis;

import dev.gateline.store.Change;
import dev.gateline.store.Revocable;
import dev.gateline.store.Revocation;
import dev.gateline.store.Revocation.Grain;
import dev.gateline.store.RevocationStore;
import dev.gateline.store.Standing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Revocations. Each grain has a sorted set by end, and groups have their epochs beside it. The highest epoch ever given
 * lives for ever. Dead revocations are deleted five minutes after their end by the {@link ServerClock}. All keys are in
 * one slot of a cluster, with the stream on which the same script publishes a revocation. Each call is one round trip,
 * except that {@link #forEachLive} and {@link #revokeAll} are one for each thousand revocations. Thread-safe.
 */
final class RedisRevocationStore implements RevocationStore {
    private static final int PAGE = 1000;

    /**
     * Keys: stream, set; for groups also epochs, highest epoch. The last argument is the change to publish; "" if
     * the epoch is to be raised. Answers the epoch, and the mark of the server. Deletes some dead revocations, too.
     */
    private static final Script<List<?>> REVOKE = Script.list(Opening.STREAM, ServerClock.LUA, Publication.LUA, """
            local MINUTES = 300000
            local key, till, now, epoch, raise, change = unpack(ARGV)
            local function atLeast(number, name, field)
              if number > tonumber(redis.call('HGET', name, field) or 0) then
                redis.call('HSET', name, field, string.format('%.0f', number))
              end
            end
            redis.call('ZADD', KEYS[2], 'GT', till, key)
            if KEYS[3] then
              local highest = tonumber(redis.call('GET', KEYS[4]) or 0)
              local time = redis.call('TIME')
              epoch = raise == '' and tonumber(epoch) or math.max(highest + 1, epoch + 1, time[1] * 1000000 + time[2])
              redis.call('SET', KEYS[4], string.format('%.0f', math.max(highest, epoch)))
              atLeast(epoch, KEYS[3], key)
            end
            local before = earlier(now) - MINUTES * 1000
            for _, dead in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', before, 'LIMIT', 0, 4)) do
              redis.call('ZREM', KEYS[2], dead)
              if KEYS[3] then redis.call('HDEL', KEYS[3], dead) end
            end
            local lives = math.ceil(math.max(0, till - serverNow()) / 1000) + MINUTES
            for i = 2, math.min(3, #KEYS) do
              if redis.call('PTTL', KEYS[i]) < lives then redis.call('PEXPIRE', KEYS[i], lives) end
            end
            if change == '' then
              change = string.format('GROUP %.0f ', epoch) .. till .. ' '
              if string.sub(key, 1, 1) == '\\255' then
                -- the key is in UTF-16 behind a mark, so the change is, too
                change = '\\255' .. string.gsub(change, '.', '\\0%0') .. string.sub(key, 2)
              else
                change = change .. key
              end
            end
            publish(KEYS[1], change)
            return {tonumber(epoch), server()}
            """);

    /**
     * Keys: stream, tokens, logins, groups, epochs, highest epoch. Arguments, for each revocation: the number of its
     * set, key, end, epoch and the change to publish. Answers the mark of the server.
     */
    private static final Script<String> REVOKE_ALL = Script.text(Opening.STREAM, ServerClock.LUA, Publication.LUA, """
            local latest = {0, 0, 0, 0}
            local highest = tonumber(redis.call('GET', KEYS[6]) or 0)
            for i = 1, #ARGV, 5 do
              local set, key, till, epoch = tonumber(ARGV[i]), ARGV[i + 1], ARGV[i + 2], tonumber(ARGV[i + 3])
              redis.call('ZADD', KEYS[set], 'GT', till, key)
              latest[set] = math.max(latest[set], till)
              if set == 4 and epoch > tonumber(redis.call('HGET', KEYS[5], key) or 0) then
                redis.call('HSET', KEYS[5], key, string.format('%.0f', epoch))
              end
              highest = math.max(highest, epoch)
              publish(KEYS[1], ARGV[i + 4])
            end
            if highest > 0 then redis.call('SET', KEYS[6], string.format('%.0f', highest)) end
            latest[5] = latest[4]
            for i = 2, 5 do
              local lives = math.ceil(math.max(0, latest[i] - serverNow()) / 1000) + 300000
              if latest[i] > 0 and redis.call('PTTL', KEYS[i]) < lives then redis.call('PEXPIRE', KEYS[i], lives) end
            end
            return server()
            """);

    /**
     * Key: mark. Arguments: the run in which the caller wants to leave a mark, "marked" for the run of the mark, or
     * "none"; and the earliest mark that it may replace. Answers whether it did, the time, the run of the server, and
     * the time and the run of the mark.
     */
    private static final Script<List<?>> MARK = Script.list(Opening.HASH, ServerClock.LUA, ServerMark.LUA, """
            local now, run = string.format('%.0f', serverNow()), server()
            local at, by = unpack(redis.call('HMGET', KEYS[1], 'at', 'run'))
            local wanted = ARGV[1] == 'marked' and by or ARGV[1]
            local leaves = wanted == run and tonumber(at or 0) >= tonumber(ARGV[2])
            if leaves then
              redis.call('HSET', KEYS[1], 'at', now, 'run', run)
              at, by = now, run
            end
            return {leaves and 1 or 0, now, run, at or '', by or ''}
            """);

    /**
     * Keys: tokens, logins, epochs. Arguments: token, its login's tokens, login, groups. Answers the epoch of the
     * groups, or -1 if the token or the login has ended.
     */
    private static final Script<Long> LOOK = Script.number(Opening.SORTED_SET, """
            local token = redis.call('ZSCORE', KEYS[1], ARGV[1]) or redis.call('ZSCORE', KEYS[1], ARGV[2])
            if token or redis.call('ZSCORE', KEYS[2], ARGV[3]) then return -1 end
            local epoch = 0
            for _, group in ipairs(redis.call('HMGET', KEYS[3], ARGV[4], ARGV[5], ARGV[6])) do
              epoch = math.max(epoch, tonumber(group or 0))
            end
            return epoch
            """);

    /**
     * Keys: set; for groups also epochs. Answers key, end and epoch of the next page. Entries move only towards the
     * end, so the pages skip none. If the last entry of the page before has moved, all entries with its former end come
     * again.
     */
    private static final Script<List<?>> PAGE_AFTER = Script.list(Opening.SORTED_SET, ServerClock.LUA, """
            local till, last, size = unpack(ARGV)
            local start
            if last == '' then
              start = redis.call('ZCOUNT', KEYS[1], '-inf', earlier(till))
            elseif tonumber(redis.call('ZSCORE', KEYS[1], last)) == tonumber(till) then
              start = redis.call('ZRANK', KEYS[1], last) + 1
            else
              start = redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. till)
            end
            local page = redis.call('ZRANGE', KEYS[1], start, start + size - 1, 'WITHSCORES')
            local found = {}
            for i = 1, #page, 2 do
              local epoch = KEYS[2] and redis.call('HGET', KEYS[2], page[i]) or '0'
              table.insert(found, {page[i], page[i + 1], epoch})
            end
            return found
            """);

    /** Keys: epochs, highest epoch. Answers the highest epoch, which begins at the server's clock. */
    private static final Script<Long> EPOCH = Script.number(Opening.HASH, """
            local time = redis.call('TIME')
            redis.call('SET', KEYS[2], string.format('%.0f', time[1] * 1000000 + time[2]), 'NX')
            return tonumber(redis.call('GET', KEYS[2]))
            """);

    private static final byte[] NO = {};
    private static final byte[] YES = {'1'};

    private final Link link;
    private final Endings endings;
    private final KeyNames keys;
    private final RedisChangeFeed feed;

    RedisRevocationStore(Endings endings, KeyNames keys, RedisChangeFeed feed) {
        this.link = endings.link();
        this.endings = endings;
        this.keys = keys;
        this.feed = feed;
    }

    @Override
    public void revoke(Revocation revocation, Instant now) {
        long unused = write(revocation, now, NO, Wire.bytes(new Change.OfRevocation(revocation).write()));
    }

    @Override
    public long raiseEpoch(String group, long above, Instant now, Instant until) {
        return write(Revocation.ofGroup(group, above, until), now, YES, NO);
    }

    @Override
    public void subscribe(Listener listener) {
        feed.subscribe(listener);
    }

    private long write(Revocation it, Instant now, byte[] raise, byte[] change) {
        List<?> answer = endings.run(
                REVOKE,
                it.grain() == Grain.GROUP
                        ? List.of(feed.stream(), set(Grain.GROUP), epochs(), highestEpoch())
                        : List.of(feed.stream(), set(it.grain())),
                Wire.bytes(it.key()),
                Wire.bytes(it.until()),
                Wire.bytes(now),
                Wire.bytes(it.epoch()),
                raise,
                change);
        feed.published(Wire.text(answer.get(1)));
        return Wire.number(answer.get(0));
    }

    @Override
    public void revokeAll(Collection<Revocation> revocations, Instant now) {
        List<Revocation> all = List.copyOf(revocations);
        List<byte[]> names =
                List.of(feed.stream(), set(Grain.TOKEN), set(Grain.LOGIN), set(Grain.GROUP), epochs(), highestEpoch());
        for (int from = 0; from < all.size(); from += PAGE) {
            byte[][] arguments = all.subList(from, Math.min(from + PAGE, all.size())).stream()
                    .flatMap(RedisRevocationStore::arguments)
                    .toArray(byte[][]::new);
            feed.published(endings.run(REVOKE_ALL, names, arguments));
        }
    }

    private static Stream<byte[]> arguments(Revocation it) {
        int set = switch (it.grain()) {
            case TOKEN -> 2;
            case LOGIN -> 3;
            case GROUP -> 4;
        };
        return Stream.of(
                Wire.bytes(set),
                Wire.bytes(it.key()),
                Wire.bytes(it.until()),
                Wire.bytes(it.epoch()),
                Wire.bytes(new Change.OfRevocation(it).write()));
    }

    @Override
    public Standing standing() {
        return standing(mark("none", Instant.EPOCH));
    }

    @Override
    public Standing mark(Instant last) {
        return standing(mark("marked", last));
    }

    @Override
    public Optional<Standing> vouch(Standing seen) {
        List<?> answer = mark(seen.run(), seen.markedAt().orElse(Instant.EPOCH));
        return Wire.number(answer.get(0)) == 1 ? Optional.of(standing(answer)) : Optional.empty();
    }

    private List<?> mark(String run, Instant earliest) {
        return link.run(MARK, List.of(keys.revocations("mark")), Wire.bytes(run), Wire.bytes(earliest));
    }

    private static Standing standing(List<?> answer) {
        Instant now = Wire.instant(answer.get(1));
        String run = Wire.text(answer.get(2));
        return ((byte[]) answer.get(3)).length == 0
                ? Standing.unmarked(now, run)
                : Standing.marked(now, run, Wire.instant(answer.get(3)), Wire.text(answer.get(4)));
    }

    private byte[] set(Grain grain) {
        return keys.revocations(grain.name().toLowerCase(Locale.ROOT));
    }

    private byte[] epochs() {
        return keys.revocations("epochs");
    }

    private byte[] highestEpoch() {
        return keys.revocations("epoch");
    }

    @Override
    public long epoch() {
        return link.run(EPOCH, List.of(epochs(), highestEpoch()));
    }

    @Override
    public boolean isRevoked(Revocable it) {
        Long epoch = link.run(
                LOOK,
                List.of(set(Grain.TOKEN), set(Grain.LOGIN), epochs()),
                Wire.bytes(it.tokenId()),
                Wire.bytes(it.tokensId()),
                Wire.bytes(it.loginId()),
                Wire.bytes(it.subjectKey()),
                Wire.bytes(it.realm()),
                Wire.bytes(ALL_REALMS));
        return epoch < 0 || it.epoch() < epoch;
    }

    @Override
    public void forEachLive(Instant now, Consumer<Revocation> action) {
        for (Grain grain : Grain.values()) {
            forEachLive(grain, now, action);
        }
    }

    private void forEachLive(Grain grain, Instant now, Consumer<Revocation> action) {
        List<byte[]> names = grain == Grain.GROUP ? List.of(set(grain), epochs()) : List.of(set(grain));
        byte[] until = Wire.bytes(now);
        byte[] last = NO;
        List<?> page;
        do {
            page = link.run(PAGE_AFTER, names, until, last, Wire.bytes(PAGE));
            for (Object entry : page) {
                List<?> parts = Wire.list(entry);
                last = (byte[]) parts.get(0);
                until = (byte[]) parts.get(1);
                action.accept(revocation(grain, parts));
            }
        } while (page.size() == PAGE);
    }

    private static Revocation revocation(Grain grain, List<?> parts) {
        // some versions of Redis write a score of this size with an exponent
        long until = new BigDecimal(Wire.text(parts.get(1))).longValueExact();
        return new Revocation(grain, Wire.text(parts.get(0)), Wire.number(parts.get(2)), Wire.instant(until));
    }
}
