package dev.gateline.grpc;

import static io.grpc.MethodDescriptor.MethodType.UNARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Authenticator;
import dev.gateline.Login;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.kit.Faults;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that does not answer holds up nobody who does not need it, though all calls run on one event loop. */
@SuppressWarnings("deprecation") // Netty 4.2 prefers another way to make event loops, of which this copy has none
class DirectExecutorTest {
    private final Faults faults = new Faults();
    private final Authenticator gate =
            SessionAuthenticator.builder(faults.around(Storage.inMemory(10))).build();
    private final ExecutorService blocking = Executors.newSingleThreadExecutor();
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final GrpcServer server = GrpcServer.start(GrpcServer.builder()
            .channelType(NioServerSocketChannel.class)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop)
            .directExecutor()
            .addService(Gates.service("open"))
            .intercept(GatelineInterceptor.open(HttpAuth.builder()
                            .lane(BearerCarrier.create(), gate)
                            .build())
                    .askingOn(blocking)));

    @AfterEach
    void stop() throws Exception {
        server.stop();
        loop.shutdownGracefully(0, 20, TimeUnit.SECONDS).await(20, TimeUnit.SECONDS);
        blocking.shutdownNow();
        gate.close();
    }

    private Answers call(String token) {
        Channel channel = ClientInterceptors.intercept(
                server.channel(),
                MetadataUtils.newAttachHeadersInterceptor(GrpcServer.metadata("authorization", "Bearer " + token)));
        Answers answers = new Answers();
        ClientCalls.asyncUnaryCall(channel.newCall(Gates.method("open/who", UNARY), CallOptions.DEFAULT), "", answers);
        return answers;
    }

    @Test
    void storeThatHangs_otherCallsOnTheSameEventLoop_areAnsweredMeanwhile() {
        String token = gate.login(Login.of("ada")).access().reveal();
        Faults.Hold hold = faults.hold("find");

        Answers hung = call(token);
        hold.awaitArrival();

        assertThat(server.call("open/who")).isEqualTo("a stranger");
        assertThat(hung.isEmpty()).isTrue();
        hold.release();
        assertThat(hung.next()).isEqualTo("ada");
    }

    /** Memory alone rejects nobody. */
    @Test
    void executor_thatTakesNoMoreCalls_isUnavailable() {
        blocking.shutdownNow();

        assertThat(call("of-nobody").failure().getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }
}
