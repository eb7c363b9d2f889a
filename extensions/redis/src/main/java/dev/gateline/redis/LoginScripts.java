package dev.gateline.redis;

import java.util.List;

/**
 * The scripts for logins. Redis runs each of them as one step.
 *
 * <p>A row is a hash. The index of a subject is a sorted set by absolute limit. An <em>entry</em> of the index lives as
 * long as its row may: {@code <realm> <second when it was made, by the server> <login id>}. An entry without a row does
 * no harm, and a row always has its entry. A use prolongs the row and need not change the index. For the same reason
 * the absolute limit of a login must not grow.
 *
 * <p>TTLs and deletions follow the {@link ServerClock}, with an hour more. The limit of logins follows the caller's
 * clock, which also decides whether a login has expired. On a single server one script changes row and index, and need
 * not declare the keys of the rows. In a cluster the rows are in other slots, so the prefix of the rows is "" and a
 * script changes only one of the two.
 */
final class LoginScripts {
    private static final String PRELUDE = ServerClock.LUA + """
            local HOUR = 3600000
            local function lifetime(ends, seen, idle)
              return math.ceil(math.max(0, math.min(ends, seen + idle) - serverNow()) / 1000) + HOUR
            end
            local function list(index, ends, entry)
              redis.call('ZADD', index, ends, entry)
              local lives = lifetime(ends, ends, 0)
              if redis.call('PTTL', index) < lives then redis.call('PEXPIRE', index, lives) end
            end
            local function row(rows, entry, ...)
              return redis.call('HMGET', rows .. string.match(entry, '%S+$') .. '}', ...)
            end
            """;

    /** The common part of INSERT, ADMIT and WRITE. */
    private static final String ARGUMENTS = """
            local rows, id, most, now, ends, seen, idle, realm, subject, version, state, leaving = unpack(ARGV)
            """;

    private static final String ENTER = """
            local function counts(entry)
              if string.sub(entry, 1, #realm + 1) ~= realm .. ' ' then return false end
              if string.find(leaving, ' ' .. string.match(entry, '%S+$') .. ' ', 1, true) then return false end
              if rows == '' then return true end
              local there = row(rows, entry, 'ends', 'seen', 'idle')
              return there[1] and math.min(there[1], there[2] + there[3]) > tonumber(now)
            end
            local function hasRoom(index)
              local count = 0
              for _, entry in ipairs(redis.call('ZRANGE', index, 0, -1)) do
                if counts(entry) then count = count + 1 end
              end
              return count < tonumber(most)
            end
            local function tidy(index)
              redis.call('ZREMRANGEBYSCORE', index, '-inf', earlier(now) - HOUR * 1000)
              if rows == '' then return end
              for _, entry in ipairs(redis.call('ZRANDMEMBER', index, 4)) do
                if not row(rows, entry, 'ends')[1] then redis.call('ZREM', index, entry) end
              end
            end
            local function enter(index)
              tidy(index)
              if most ~= '' and not hasRoom(index) then return '' end
              local entry = realm .. ' ' .. redis.call('TIME')[1] .. ' ' .. id
              list(index, ends, entry)
              return entry
            end
            """;

    private static final String PUT = """
            local function put(key, entry)
              redis.call('HSET', key, 'realm', realm, 'subject', subject, 'version', version, 'seen', seen,
                'ends', ends, 'idle', idle, 'entry', entry, 'state', state)
              redis.call('PEXPIRE', key, lifetime(ends, seen, idle))
            end
            """;

    /** Keys: index, row. Answers the entry, or "" if the subject has enough. */
    static final Script<String> INSERT = Script.text(Opening.NEW_IN_SORTED_SET, PRELUDE, ARGUMENTS, ENTER, PUT, """
            local entry = enter(KEYS[1])
            if entry ~= '' then put(KEYS[2], entry) end
            return entry
            """);

    /** The first half of INSERT, in a cluster. Key: index. */
    static final Script<String> ADMIT =
            Script.text(Opening.NEW_IN_SORTED_SET, PRELUDE, ARGUMENTS, ENTER, "return enter(KEYS[1])");

    /** The second half of INSERT, in a cluster. Key: row. One argument more: the entry. */
    static final Script<Long> WRITE =
            Script.number(Opening.NEW_HASH, PRELUDE, ARGUMENTS, PUT, "put(KEYS[1], ARGV[13]) return 1");

    /** Key: row. Answers its parts, or nothing. */
    static final Script<List<?>> FIND = Script.list(Opening.HASH, """
            local row = redis.call('HMGET', KEYS[1], 'realm', 'subject', 'version', 'seen', 'state', 'entry')
            return row[1] and row or {}
            """);

    /**
     * Keys: row; except in a cluster, stream. The last argument is the change that is published there. Answers the
     * entry of the row, and the mark of the server if it has published; "" if the row has another version, or nothing
     * if there is none.
     */
    static final Script<List<?>> REPLACE = Script.list(Opening.HASH, PRELUDE, Publication.LUA, """
            local version, nextVersion, ends, seen, idle, state, change = unpack(ARGV)
            local old = redis.call('HMGET', KEYS[1], 'version', 'seen', 'entry')
            if not old[1] then return {} end
            if old[1] ~= version then return {''} end
            if tonumber(old[2]) > tonumber(seen) then seen = old[2] end
            redis.call('HSET', KEYS[1], 'version', nextVersion,
                'seen', seen, 'ends', ends, 'idle', idle, 'state', state)
            redis.call('PEXPIRE', KEYS[1], lifetime(ends, seen, idle))
            if not KEYS[2] then return {old[3]} end
            publish(KEYS[2], change)
            return {old[3], server()}
            """);

    /**
     * Keys: rows. Arguments: the interval in which one note is enough; a use of each row. Answers the last use of each
     * row, or "" if there is no row.
     */
    static final Script<List<?>> TOUCH = Script.list(Opening.HASH, PRELUDE, """
            local interval = tonumber(ARGV[1])
            local function touch(key, seen)
              local old = redis.call('HMGET', key, 'seen', 'ends', 'idle')
              if not old[1] then return '' end
              local since = seen - old[1]
              if since <= 0 or since < math.min(interval, math.floor(old[3] / 10)) then return old[1] end
              redis.call('HSET', key, 'seen', seen)
              redis.call('PEXPIRE', key, lifetime(old[2], seen, old[3]))
              return seen
            end
            local stored = {}
            for i, key in ipairs(KEYS) do stored[i] = touch(key, ARGV[i + 1]) end
            return stored
            """);

    /**
     * Keys: rows. Arguments: the prefix of a subject's key, or ""; the time at which the rows must have expired, also
     * by the server's clock, or "". Answers subject and entry of the last one, or nothing.
     */
    static final Script<List<?>> DELETE = Script.list(Opening.HASH, ServerClock.LUA, """
            local indexes, expired = unpack(ARGV)
            local function delete(key)
              local row = redis.call('HMGET', key, 'subject', 'entry', 'ends', 'seen', 'idle')
              if not row[1] then return {} end
              if expired ~= '' and math.min(row[3], row[4] + row[5]) > earlier(expired) then return {} end
              redis.call('DEL', key)
              if indexes ~= '' then redis.call('ZREM', indexes .. row[1] .. '}', row[2]) end
              return {row[1], row[2]}
            end
            local last
            for _, key in ipairs(KEYS) do last = delete(key) end
            return last
            """);

    /** Key: index. Arguments: the prefix of a login's key, and a realm. Answers the parts of each of its rows. */
    static final Script<List<?>> FIND_BY_SUBJECT = Script.list(Opening.SORTED_SET, PRELUDE, """
            local rows, realm = unpack(ARGV)
            local found = {}
            local function find(entry)
              local there = row(rows, entry, 'realm', 'subject', 'version', 'seen', 'state', 'entry')
              if there[1] then
                table.insert(found, there)
              else
                redis.call('ZREM', KEYS[1], entry)
              end
            end
            for _, entry in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
              if string.sub(entry, 1, #realm + 1) == realm .. ' ' then find(entry) end
            end
            return found
            """);

    /** In a cluster. Key: index. Arguments: the end and the entry of a row that is there. */
    static final Script<Long> LIST =
            Script.number(Opening.SORTED_SET, PRELUDE, "list(KEYS[1], ARGV[1], ARGV[2]) return 1");

    /** In a cluster. Key: index. Answers the server's time in seconds, and the entries. */
    static final Script<List<?>> ENTRIES =
            Script.list(Opening.SORTED_SET, "return {redis.call('TIME')[1], redis.call('ZRANGE', KEYS[1], 0, -1)}");

    /** Like ENTRIES, for some entries at random. Argument: how many. */
    static final Script<List<?>> SOME_ENTRIES = Script.list(
            Opening.SORTED_SET, "return {redis.call('TIME')[1], redis.call('ZRANDMEMBER', KEYS[1], ARGV[1])}");

    private LoginScripts() {}
}
