package dev.gateline.micronaut;

import dev.gateline.Identity;
import dev.gateline.Login;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Pages behind annotations of the controller, which those of its methods replace. */
@Controller("/more")
@Produces("*/*")
@RolesAllowed("keeper")
class MorePages {
    @Get("/keepers")
    String keepers(HttpRequest<?> request) {
        return request.getUserPrincipal().map(Principal::getName).orElse("a stranger");
    }

    @Get("/owners")
    @RolesAllowed({"owner", "baron"})
    String owners() {
        return "owners";
    }

    @Get("/nobody")
    @DenyAll
    String nobody() {
        return "nobody";
    }

    @Get("/everybody")
    @PermitAll
    String everybody(HttpRequest<?> request) {
        return keepers(request);
    }

    @Get("/strong-keepers")
    @RequireLogin(methods = "otp", within = "5m")
    String strongKeepers() {
        return "strong";
    }

    @Get("/identity")
    @PermitAll
    String identity(Identity user) {
        return user.subject();
    }

    @Get("/maybe")
    @PermitAll
    String maybe(@Nullable Identity user) {
        return user == null ? "a stranger" : user.subject();
    }

    @Get("/fresh")
    @PermitAll
    CompletionStage<String> fresh(MicronautAuth auth) {
        return auth.require(dev.gateline.Requirement.none().methods("otp").authenticatedWithin(Duration.ofMinutes(5)))
                .thenApply(Identity::subject);
    }

    @Get("/setting")
    @PermitAll
    @RequireLogin(methods = "otp", within = "${park.fresh:5m}")
    String setting() {
        return "fresh";
    }

    @Post("/login-that-fails")
    @PermitAll
    CompletionStage<String> loginThatFails(MicronautAuth auth) {
        return auth.login(Login.of("ada")).thenApply(any -> {
            throw new IllegalArgumentException("by the application itself");
        });
    }

    @Post("/filtered")
    @PermitAll
    String filtered() {
        return "never seen";
    }

    @Post("/echo")
    @Consumes("*/*")
    String echo(@Body String body) {
        return body;
    }
}
