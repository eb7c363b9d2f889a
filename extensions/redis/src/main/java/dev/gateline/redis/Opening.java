package dev.gateline.redis;

/**
 * The first command of a script, which is a write that changes nothing. A server that takes no writes, because it is a
 * replica now or has lost its replicas, then gives no answer either. Its answer could be old.
 *
 * <p>The opening also decides what a full server does. Once its memory is used up, Redis refuses a script at its first
 * command that may grow the memory ({@code deny-oom}), but only if that script has written nothing before: Redis leaves
 * no script half done. A script that opens with a removal is therefore carried out as a whole, and one that opens with
 * a growing command is refused as a whole. This holds for Redis 6.2 and later.
 */
enum Opening {
    /** Opens a script for a new login, which a full server refuses. The first key is a sorted set. */
    NEW_IN_SORTED_SET("redis.call('ZADD', KEYS[1], 'XX', 0, '')"),

    /**
     * Opens a script for a new login, which a full server refuses. The first key is a hash, and the first command of
     * the script sets fields of it.
     */
    NEW_HASH(""),

    /** Opens a script for a string that may be new, which a full server refuses. The first key is a string. */
    NEW_STRING("redis.call('SETRANGE', KEYS[1], 0, '')"),

    /** Opens a script that a full server carries out. The first key is a string. */
    STRING("redis.call('GETEX', KEYS[1])"),

    /** Opens a script that a full server carries out. The first key is a hash. */
    HASH("redis.call('HDEL', KEYS[1], '')"),

    /** Opens a script that a full server carries out. The first key is a sorted set. */
    SORTED_SET("redis.call('ZREM', KEYS[1], '')"),

    /**
     * Opens a script that a full server carries out. The first key is the stream of changes, which lives for a day
     * after its last use.
     */
    STREAM("redis.call('PEXPIRE', KEYS[1], 86400000)");

    private final String command;

    Opening(String command) {
        this.command = command;
    }

    /** The command in Lua; may be empty. */
    String command() {
        return command;
    }
}
