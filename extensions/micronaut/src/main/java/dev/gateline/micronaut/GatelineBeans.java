package dev.gateline.micronaut;

import dev.gateline.AuthUnavailableException;
import dev.gateline.LoginRefusedException;
import dev.gateline.http.AsyncHttpAuth;
import dev.gateline.http.HttpAuth;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

/** Beans of an application that has an {@link HttpAuth}. */
@Factory
final class GatelineBeans {

    /** Micronaut's own threads, which are virtual where the JDK has them, so nothing has to be closed. */
    @Singleton
    @Requires(beans = HttpAuth.class, missingBeans = AsyncHttpAuth.class)
    AsyncHttpAuth async(HttpAuth auth, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        return new AsyncHttpAuth(auth, blocking);
    }

    @Singleton
    @Requires(beans = AsyncHttpAuth.class)
    ExceptionHandler<AuthUnavailableException, HttpResponse<?>> unavailable(AsyncHttpAuth async) {
        return (request, failure) -> MicronautAuth.answer(async, request, failure);
    }

    @Singleton
    @Requires(beans = AsyncHttpAuth.class)
    ExceptionHandler<LoginRefusedException, HttpResponse<?>> full(AsyncHttpAuth async) {
        return (request, failure) -> MicronautAuth.answer(async, request, failure);
    }

    /** {@link GatelineFilter} puts the answer in the place of this response. */
    @Singleton
    @Requires(beans = AsyncHttpAuth.class)
    ExceptionHandler<RefusedException, HttpResponse<?>> refused() {
        return (request, failure) -> HttpResponse.unauthorized();
    }
}
