package dev.gateline.examples.parkgate;

import java.util.Map;

/**
 * The content of the login form. Immutable.
 *
 * @param user as typed before; empty at first
 * @param remember whether the box is ticked
 * @param next where the user wanted to go
 * @param error why the form is shown again; empty at first
 */
record LoginForm(String user, boolean remember, String next, String error) {

    static LoginForm leadingTo(String next) {
        return new LoginForm("", false, next, "");
    }

    static LoginForm again(Map<String, String> fields, String error) {
        return new LoginForm(
                fields.getOrDefault("user", ""),
                fields.getOrDefault("remember", "").equals("true"),
                fields.getOrDefault("next", ""),
                error);
    }
}
