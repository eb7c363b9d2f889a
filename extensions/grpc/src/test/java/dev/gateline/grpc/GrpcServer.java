package dev.gateline.grpc;

import static io.grpc.MethodDescriptor.MethodType.UNARY;

import dev.gateline.Requirement;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A server on a free port of this machine, and a client of it. */
record GrpcServer(Server server, ManagedChannel channel) {

    static GrpcServer start(HttpAuth auth) {
        NettyServerBuilder builder = builder();
        return start(builder.addService(Gates.service("open"))
                .addService(ServerInterceptors.intercept(Gates.service("secured"), GatelineInterceptor.secured(auth)))
                .addService(ServerInterceptors.intercept(
                        Gates.service("strong"),
                        GatelineInterceptor.secured(auth, Requirement.none().methods("otp"))))
                .addService(
                        ServerInterceptors.intercept(Gates.service("others"), GatelineInterceptor.secured(another())))
                .intercept(GatelineInterceptor.open(auth)));
    }

    static NettyServerBuilder builder() {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static GrpcServer start(NettyServerBuilder builder) {
        try {
            Server server = builder.build().start();
            return new GrpcServer(
                    server,
                    NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                            .usePlaintext()
                            .userAgent("a-program/1")
                            .build());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpAuth another() {
        SessionAuthenticator staff =
                SessionAuthenticator.builder(Storage.inMemory(1)).realm("staff").build();
        return HttpAuth.builder().lane(BearerCarrier.create(), staff).build();
    }

    void stop() throws InterruptedException {
        channel.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(20, TimeUnit.SECONDS);
    }

    /** Calls a unary method, with metadata in pairs. */
    String call(String method, String... metadata) {
        return call(channel, method, metadata);
    }

    static String call(Channel channel, String method, String... metadata) {
        Channel with =
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata(metadata)));
        return ClientCalls.blockingUnaryCall(
                with, Gates.method(method, UNARY), CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS), "");
    }

    /** Calls a unary method; returns the headers of the response. */
    Metadata headersOf(String method, String... metadata) {
        AtomicReference<Metadata> headers = new AtomicReference<>(new Metadata());
        Channel capturing = ClientInterceptors.intercept(
                channel, MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
        call(capturing, method, metadata);
        return headers.get();
    }

    static Metadata metadata(String... pairs) {
        Metadata metadata = new Metadata();
        for (int i = 0; i < pairs.length; i += 2) {
            metadata.put(key(pairs[i]), pairs[i + 1]);
        }
        return metadata;
    }

    static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
