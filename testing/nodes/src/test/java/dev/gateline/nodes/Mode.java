package dev.gateline.nodes;

import dev.gateline.servers.Server;

/** The losses of a run, besides servers and links that break. */
enum Mode {
    /** The store keeps what it has acknowledged. */
    DURABLE,
    /** The store forgets what it acknowledged last. */
    LOSSY,
    /** The store forgets everything. */
    EMPTIED,
    /** There are two primaries for a while, of which the old one takes no writes. */
    SPLIT,
    /** The clocks of nodes are wrong. */
    CLOCKS,
    /** Two servers share the logins, and the first one forgets what it acknowledged last. */
    SHARDS;

    boolean loses() {
        return this != DURABLE && this != CLOCKS;
    }

    boolean isOf(Technology technology) {
        return this != SPLIT || technology == Technology.REDIS;
    }

    Server start(Technology technology) {
        boolean pair = technology == Technology.REDIS && (this == LOSSY || this == SPLIT || this == SHARDS);
        return pair ? new RedisPair(this == SPLIT) : technology.start();
    }
}
