package dev.gateline.examples.jaxrs;

import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.jaxrs.JaxrsAuth;
import dev.gateline.jaxrs.RequireLogin;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/** The resources. Annotations say who may call a method. */
@Path("/")
public final class Resources {
    private final Logins logins;

    Resources(Logins logins) {
        this.logins = logins;
    }

    @GET
    public Response home(@BeanParam JaxrsAuth door) {
        return page("hello " + door.identity().map(Identity::subject).orElse("stranger"));
    }

    @GET
    @Path("me")
    @RequireLogin
    public Response me(@Context SecurityContext user) {
        return page("hello " + user.getUserPrincipal().getName());
    }

    @GET
    @Path("vault")
    @RequireLogin(within = "5m")
    public Response vault() {
        return page("the vault is open");
    }

    @POST
    @Path("login")
    public Response login(
            @BeanParam JaxrsAuth door,
            @FormParam("user") @DefaultValue("") String user,
            @FormParam("password") @DefaultValue("") String password) {
        return door.answer(verify(door, user, password).then(door::login));
    }

    @POST
    @Path("step-up")
    @RequireLogin
    public Response stepUp(
            @BeanParam JaxrsAuth door,
            @Context SecurityContext user,
            @FormParam("password") @DefaultValue("") String password) {
        return door.answer(
                verify(door, user.getUserPrincipal().getName(), password).then(door::reauthenticate));
    }

    @POST
    @Path("logout")
    public Response logout(@BeanParam JaxrsAuth door) {
        return door.answer(door.logout());
    }

    @POST
    @Path("logout-everywhere")
    @RequireLogin
    public void logoutEverywhere(@Context SecurityContext user) {
        logins.endAll(user.getUserPrincipal().getName());
    }

    /** Another site must not make a browser guess, so the password is looked at last. */
    private static Outcome<Login> verify(JaxrsAuth door, String user, String password) {
        Optional<Rejection> refusal = door.checkLogin();
        return refusal.isPresent() ? Outcome.rejected(refusal.get()) : Accounts.verify(user, password);
    }

    /**
     * Nobody keeps a page of a user, so the back button shows none after a logout. No browser takes a text for HTML.
     */
    private static Response page(String text) {
        CacheControl kept = new CacheControl();
        kept.setNoStore(true);
        return Response.ok(text + "\n", MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(kept)
                .build();
    }
}
