package dev.gateline.jaxrs;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Requirement;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The pages of the contract, and some more, as an application would write them. */
@Path("/")
public class Pages {
    /** More than Jersey holds back. */
    static final String HALF = "half a page".repeat(1000);

    private static final Login ADA =
            Login.builder("ada").claim("roles", List.of("keeper")).build();

    @GET
    @Path("public")
    public String open(@BeanParam JaxrsAuth auth) {
        return auth.identity().map(Identity::subject).orElse("a stranger");
    }

    @POST
    @Path("public")
    public String change(@BeanParam JaxrsAuth auth) {
        return open(auth);
    }

    @GET
    @Path("me")
    @RequireLogin
    public String me(@Context SecurityContext security) {
        return security.getUserPrincipal().getName();
    }

    @POST
    @Path("me")
    @RequireLogin
    public String changeMe(@Context SecurityContext security) {
        return me(security);
    }

    @GET
    @Path("vault")
    @RequireLogin(methods = "otp")
    public String vault(@Context SecurityContext security) {
        return me(security);
    }

    @GET
    @Path("required")
    public String required(@BeanParam JaxrsAuth auth) {
        return auth.require(Requirement.none().methods("otp")).subject();
    }

    @POST
    @Path("login")
    public Response login(@BeanParam JaxrsAuth auth) {
        return auth.answer(auth.login(ADA));
    }

    @POST
    @Path("callback")
    public Response callback(@BeanParam JaxrsAuth auth) {
        return login(auth);
    }

    @POST
    @Path("logout")
    public void logout(@BeanParam JaxrsAuth auth) {
        auth.logout();
    }

    @POST
    @Path("late")
    public StreamingOutput late(@BeanParam JaxrsAuth auth) {
        return body -> {
            write(body, "begun");
            try {
                auth.login(ADA);
                write(body, ", logged in");
            } catch (IllegalStateException e) {
                write(body, ", refused");
            }
        };
    }

    @GET
    @Path("broken")
    public StreamingOutput broken() {
        return body -> {
            write(body, HALF);
            throw new AuthUnavailableException("the store is down");
        };
    }

    @GET
    @Path("held-back")
    public StreamingOutput heldBack() {
        return body -> {
            body.write("half a page".getBytes(StandardCharsets.UTF_8));
            throw new AuthUnavailableException("the store is down");
        };
    }

    @GET
    @Path("held-back-refusal")
    public StreamingOutput heldBackRefusal(@BeanParam JaxrsAuth auth) {
        return body -> {
            body.write("half a page".getBytes(StandardCharsets.UTF_8));
            auth.require(Requirement.none());
        };
    }

    @GET
    @Path("broken-login")
    public StreamingOutput brokenLogin() {
        return body -> {
            write(body, HALF);
            throw new LoginRefusedException("the store is full");
        };
    }

    @GET
    @Path("broken-refusal")
    public StreamingOutput brokenRefusal(@BeanParam JaxrsAuth auth) {
        return body -> {
            write(body, HALF);
            auth.require(Requirement.none());
        };
    }

    private static void write(OutputStream body, String text) throws IOException {
        body.write(text.getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    @POST
    @Path("full")
    public String full() {
        throw new LoginRefusedException("the store is full");
    }

    @GET
    @Path("fails")
    @RequireLogin
    public String fails() {
        throw new IllegalStateException("a mistake of the application");
    }

    @GET
    @Path("asked")
    public String asked(@Context SecurityContext user) {
        String name = user.getUserPrincipal() == null
                ? "nobody"
                : user.getUserPrincipal().getName();
        return String.join(
                " ",
                name,
                String.valueOf(user.getAuthenticationScheme()),
                String.valueOf(user.isUserInRole("keeper")),
                String.valueOf(user.isUserInRole("owner")),
                String.valueOf(user.isUserInRole("**")));
    }

    @GET
    @Path("later")
    public CompletionStage<String> later(@BeanParam JaxrsAuth auth) {
        return CompletableFuture.supplyAsync(() -> {
            auth.logout();
            return open(auth);
        });
    }

    @GET
    @Path("later-full")
    public CompletionStage<String> laterFull() {
        return CompletableFuture.supplyAsync(() -> {
            throw new LoginRefusedException("the store is full");
        });
    }

    @Path("below")
    public Below below() {
        return new Below();
    }

    /** A sub-resource. */
    @RolesAllowed("owner")
    public static class Below {
        @GET
        public String owners() {
            return "owners";
        }

        @GET
        @Path("keepers")
        @RolesAllowed({"keeper", "owner"})
        public String keepers() {
            return "keepers";
        }

        @GET
        @Path("all")
        @PermitAll
        public String all() {
            return "all";
        }

        @GET
        @Path("none")
        @DenyAll
        public String none() {
            return "none";
        }
    }
}
