package dev.gateline.redis;

import dev.gateline.redis.Connector.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Warns once of a server that drops live keys when it is full. A dropped revocation would let an ended login in again.
 */
final class EvictionCheck implements Consumer<Connection> {
    private static final System.Logger LOG = System.getLogger(RedisStorage.class.getName());
    private static final Pattern POLICY = Pattern.compile("maxmemory_policy:((?:allkeys|volatile)-\\S+)");

    private final AtomicBoolean warned = new AtomicBoolean();

    @Override
    public void accept(Connection connection) {
        var unused = connection.commands().info("memory").thenAccept(this::check);
    }

    void check(String info) {
        Matcher evicting = POLICY.matcher(info);
        if (evicting.find() && warned.compareAndSet(false, true)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "maxmemory-policy of Redis is {0}: it may drop revocations and logins; set it to noeviction",
                    evicting.group(1));
        }
    }
}
