package dev.gateline.micronaut;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** The methods that a client and a controller share. */
interface Api {
    @Get("/login")
    @RequireLogin
    String login();

    @Controller("/api")
    class Implemented implements Api {
        @Override
        public String login() {
            return "login";
        }
    }
}
