package dev.gateline.redis;

/**
 * The clock of the server, in scripts. TTLs follow it alone. Expired rows are deleted by the server's clock or by the
 * caller's, whichever is behind. A node whose clock is ahead thus deletes no live row, and a node whose clock is behind
 * only deletes less.
 */
final class ServerClock {

    /**
     * Functions in Lua, in microseconds: {@code serverNow()}, and {@code earlier(now)}, the earlier of the server's
     * time and the caller's.
     */
    static final String LUA = """
            local function serverNow()
              local time = redis.call('TIME')
              return time[1] * 1000000 + time[2]
            end
            local function earlier(now)
              return math.min(now, serverNow())
            end
            """;

    private ServerClock() {}
}
