package dev.gateline.micronaut;

import dev.gateline.AuthUnavailableException;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;

/** An application's own handler of all exceptions. */
@Controller
@Requires(property = AllErrors.PROPERTY)
class AllErrors {
    static final String PROPERTY = "park.all-errors";

    @Get("/broken-early")
    String broken() {
        throw new AuthUnavailableException("the store at 10.0.0.7 is down");
    }

    @Get("/fails-plainly")
    String fails() {
        throw new IllegalStateException("10.0.0.7 is down");
    }

    @Error(global = true)
    HttpResponse<?> error(HttpRequest<?> request, Throwable failure) {
        return MicronautAuth.of(request)
                .answer(failure)
                .<HttpResponse<?>>map(answer -> answer)
                .orElseGet(() -> HttpResponse.serverError("sorry"));
    }
}
