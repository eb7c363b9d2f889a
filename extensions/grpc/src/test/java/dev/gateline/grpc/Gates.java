package dev.gateline.grpc;

import static io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING;
import static io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING;
import static io.grpc.MethodDescriptor.MethodType.UNARY;
import static io.grpc.stub.ServerCalls.asyncBidiStreamingCall;
import static io.grpc.stub.ServerCalls.asyncClientStreamingCall;
import static io.grpc.stub.ServerCalls.asyncUnaryCall;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.LoginRefusedException;
import dev.gateline.Requirement;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/** A service of the tests, whose messages are texts. */
final class Gates {
    private static final Marshaller<String> TEXT = new Marshaller<>() {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private Gates() {}

    /**
     * A method of a service.
     *
     * @param name such as {@code open/who}
     */
    static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.newBuilder(TEXT, TEXT)
                .setFullMethodName(name)
                .setType(type)
                .build();
    }

    /** The same methods under each name, so that services differ in their interceptors only. */
    static ServerServiceDefinition service(String name) {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(name);
        unary(service, name, "who", any -> who());
        unary(service, name, "vault", any -> vault().getName());
        unary(service, name, "logout", any -> GrpcAuth.current().logout().toString());
        unary(service, name, "down", any -> {
            throw new AuthUnavailableException("the store at 10.0.0.7 is down");
        });
        unary(service, name, "full", any -> {
            throw new LoginRefusedException("the store is full");
        });
        service.addMethod(
                method(name + "/down-later", UNARY),
                asyncUnaryCall((question, answers) ->
                        answers.onError(new AuthUnavailableException("the store at 10.0.0.7 is down"))));
        service.addMethod(
                method(name + "/full-later", UNARY),
                asyncUnaryCall((question, answers) ->
                        answers.onError(new CompletionException(new LoginRefusedException("the store is full")))));
        unary(service, name, "elsewhere", any -> {
            throw Status.UNAUTHENTICATED.withDescription("our own token is bad").asRuntimeException();
        });
        return service.addMethod(
                        method(name + "/echo", BIDI_STREAMING), asyncBidiStreamingCall(answers -> new Echo(answers)))
                .addMethod(method(name + "/nothing", CLIENT_STREAMING), asyncClientStreamingCall(Nothing::new))
                .build();
    }

    private static void unary(
            ServerServiceDefinition.Builder service, String name, String method, UnaryOperator<String> answer) {
        service.addMethod(method(name + '/' + method, UNARY), asyncUnaryCall((question, answers) -> {
            answers.onNext(answer.apply(question));
            answers.onCompleted();
        }));
    }

    private static String who() {
        return GrpcAuth.current().identity().map(Identity::subject).orElse("a stranger");
    }

    private static Identity vault() {
        return GrpcAuth.current().require(Requirement.none().methods("otp"));
    }

    /** Answers each message as long as the login of the stream lives. */
    private record Echo(StreamObserver<String> answers) implements StreamObserver<String> {
        @Override
        public void onNext(String message) {
            answers.onNext(GrpcAuth.current().require(Requirement.none()).subject() + ": " + message);
        }

        @Override
        public void onError(Throwable gone) {}

        @Override
        public void onCompleted() {
            answers.onCompleted();
        }
    }

    /** Takes a stream without a message. */
    private record Nothing(StreamObserver<String> answers) implements StreamObserver<String> {
        @Override
        public void onNext(String message) {}

        @Override
        public void onError(Throwable gone) {}

        @Override
        public void onCompleted() {
            answers.onNext(who());
            answers.onCompleted();
        }
    }
}
