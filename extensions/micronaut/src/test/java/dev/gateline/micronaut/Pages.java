package dev.gateline.micronaut;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Requirement;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Options;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The pages of the contract. */
@Controller
@Produces("*/*")
class Pages {
    static final Login ADA =
            Login.builder("ada").claim("roles", List.of("keeper")).build();

    @Get("/public")
    String publicPage(MicronautAuth auth) {
        return auth.identity().map(Identity::subject).orElse("a stranger");
    }

    @Post("/public")
    String publicForm(MicronautAuth auth) {
        return publicPage(auth);
    }

    @Options("/public")
    String publicPreflight(MicronautAuth auth) {
        return publicPage(auth);
    }

    @Get("/me")
    @RequireLogin
    String me(MicronautAuth auth) {
        return publicPage(auth);
    }

    @Post("/me")
    @RequireLogin
    String changeMe(MicronautAuth auth) {
        return publicPage(auth);
    }

    @Get("/vault")
    @RequireLogin(methods = "otp")
    String vault(MicronautAuth auth) {
        return publicPage(auth);
    }

    @Get("/fails")
    @RequireLogin
    String fails() {
        throw new IllegalArgumentException("by the application itself");
    }

    @Post("/login")
    CompletionStage<HttpResponse<?>> login(MicronautAuth auth) {
        return auth.login(ADA).thenApply(auth::answer);
    }

    @Post("/callback")
    CompletionStage<HttpResponse<?>> callback(MicronautAuth auth) {
        return login(auth);
    }

    @Post("/logout")
    CompletionStage<HttpResponse<?>> logout(MicronautAuth auth) {
        return auth.logout().thenApply(auth::answer);
    }

    @Post("/late")
    Publisher<String> late(MicronautAuth auth) {
        Mono<String> login = Mono.fromCompletionStage(() -> auth.login(ADA))
                .map(any -> ", logged in")
                .onErrorReturn(IllegalStateException.class, ", refused");
        return Flux.concat(Mono.just("begun"), login);
    }

    @Get("/broken")
    Publisher<String> broken() {
        return half(Mono.error(new AuthUnavailableException("the store is down")));
    }

    @Get("/broken-login")
    Publisher<String> brokenLogin() {
        return half(Mono.error(new LoginRefusedException("the store is full")));
    }

    @Get("/broken-refusal")
    Publisher<String> brokenRefusal(MicronautAuth auth) {
        return half(
                Mono.fromCompletionStage(() -> auth.require(Requirement.none())).map(Identity::subject));
    }

    private static Publisher<String> half(Mono<String> rest) {
        return Flux.concat(Mono.just("half a page"), rest);
    }

    @Post("/full")
    String full() {
        throw new LoginRefusedException("the store is full");
    }
}
