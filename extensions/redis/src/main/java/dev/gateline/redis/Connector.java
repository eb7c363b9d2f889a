package dev.gateline.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.Transports;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Opens connections to one server or to the servers of a cluster. A connection that breaks stays broken, and commands
 * under way fail. Lettuce's own reconnection would send commands without an answer again, and Redis might carry them
 * out twice. Thread-safe.
 */
interface Connector extends AutoCloseable {

    /** Opens one more connection. */
    CompletionStage<Connection> connect();

    /** Closes all connections. Idempotent. */
    @Override
    void close();

    /**
     * An open connection, whether to one server or to those of a cluster.
     *
     * @param state whether it is open
     * @param commands the commands that it takes
     */
    record Connection(StatefulConnection<byte[], byte[]> state, RedisClusterAsyncCommands<byte[], byte[]> commands) {

        boolean isOpen() {
            return state.isOpen();
        }
    }

    /** Connects to one server, or to the server that is the primary according to Sentinel. */
    static Connector toPrimary(RedisURI uri, Duration timeout) {
        RedisClient client = RedisClient.create();
        client.setOptions(options(ClientOptions.builder(), timeout).build());
        return new Connector() {
            @Override
            public CompletionStage<Connection> connect() {
                return client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                        .thenApply(connection -> new Connection(connection, connection.async()));
            }

            @Override
            public void close() {
                client.shutdown(Duration.ZERO, timeout);
            }
        };
    }

    /** Connects to the servers of a cluster. Some addresses are enough to find all servers. */
    static Connector toCluster(List<RedisURI> uris, Duration timeout) {
        RedisClusterClient client = RedisClusterClient.create(uris);
        client.setOptions((ClusterClientOptions)
                options(ClusterClientOptions.builder(), timeout).build());
        return new Connector() {
            @Override
            public CompletionStage<Connection> connect() {
                return client.refreshPartitionsAsync()
                        .thenCompose(found -> client.connectAsync(ByteArrayCodec.INSTANCE))
                        .thenCompose(connection -> opened(connection, timeout.dividedBy(2)));
            }

            @Override
            public void close() {
                client.shutdown(Duration.ZERO, timeout);
            }
        };
    }

    /**
     * Opens the connections to all primaries, because Lettuce refuses commands before that. It waits for a bounded
     * time.
     */
    private static CompletionStage<Connection> opened(
            StatefulRedisClusterConnection<byte[], byte[]> connection, Duration atMost) {
        CompletableFuture<?>[] primaries = connection.getPartitions().stream()
                .filter(node -> node.getRole().isUpstream())
                .map(RedisClusterNode::getUri)
                .map(uri -> connection.getConnectionAsync(uri.getHost(), uri.getPort()))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(primaries)
                .completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .handle((done, someAreAway) -> new Connection(connection, connection.async()));
    }

    /**
     * Switches off the maintenance notices of managed servers, by which Lettuce would move a connection. Lettuce has
     * them since 7.0, on by default.
     */
    private static void disableMaintenanceNotices(ClientOptions.Builder builder) {
        try {
            builder.maintNotificationsConfig(MaintNotificationsConfig.disabled());
        } catch (NoClassDefFoundError e) {
            // Lettuce 6 has none
        }
    }

    /**
     * Loads the classes that Lettuce needs to connect. Without this check a Netty that is too old would look like an
     * outage.
     */
    private static void checkNetty() {
        var unused = List.of(Transports.eventLoopGroupClass(), Transports.socketChannelClass());
    }

    private static ClientOptions.Builder options(ClientOptions.Builder builder, Duration timeout) {
        checkNetty();
        if (builder instanceof ClusterClientOptions.Builder cluster) {
            cluster.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                    .enablePeriodicRefresh(Duration.ofSeconds(10))
                    .build());
        }
        disableMaintenanceNotices(builder);
        return builder.autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .build())
                .timeoutOptions(TimeoutOptions.create());
    }
}
