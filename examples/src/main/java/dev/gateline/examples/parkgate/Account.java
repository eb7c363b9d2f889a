package dev.gateline.examples.parkgate;

import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginAttempt;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.examples.parkgate.Users.User;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.http.ReturnPath;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Logging in, staying so, and logging out. Thread-safe. */
final class Account {
    private static final String WRONG = "wrong name or password";

    private final HttpAuth auth;
    private final Users users;
    private final Door door;
    private final Shop shop;

    /** The form of an answer to somebody who did not prove themselves. */
    private interface Again {
        Reply ask(Map<String, String> fields, Rejection reason, String text);
    }

    Account(HttpAuth auth, Users users, Door door, Shop shop) {
        this.auth = auth;
        this.users = users;
        this.door = door;
        this.shop = shop;
    }

    Reply login(Call call) {
        return verified(
                call,
                fields -> login -> {
                    Outcome<Issued> outcome = auth.login(call.view(), login);
                    outcome.toOptional().ifPresent(issued -> shop.bringCart(call, issued.loginId()));
                    return issued(call, outcome, Routes.landing(fields.getOrDefault("next", "")));
                },
                (fields, reason, text) -> door.askToLogIn(call, fields, reason, text));
    }

    /** Proves the login again. The fields are as for {@link #login}, the credential as for {@link #renew}. */
    Reply stepUp(Call call) {
        return verified(
                call,
                fields -> login -> issued(
                        call, auth.reauthenticate(call.view(), login), Routes.landing(fields.getOrDefault("next", ""))),
                (fields, reason, text) -> door.askAgain(call, fields, reason, text));
    }

    /** Nobody looks at a password before the throttle has counted the attempt. */
    private Reply verified(Call call, Function<Map<String, String>, Function<Login, Reply>> ifRight, Again ifWrong) {
        Map<String, String> fields = call.fields();
        String name = fields.getOrDefault("user", "");
        LoginAttempt attempt = LoginAttempt.of(name).from(call.address());
        Optional<Rejection> refusal = auth.checkLogin(call.view(), attempt);
        if (refusal.isPresent()) {
            return refused(call, fields, refusal.get(), ifWrong);
        }
        Optional<User> user = users.verify(name, fields.getOrDefault("password", ""));
        if (user.isEmpty()) {
            return ifWrong.ask(fields, Rejection.MISSING, WRONG);
        }
        auth.succeeded(call.view(), attempt);
        return ifRight.apply(fields).apply(login(user.get(), call.device(), fields));
    }

    private Reply refused(Call call, Map<String, String> fields, Rejection reason, Again again) {
        return reason == Rejection.TOO_MANY_ATTEMPTS
                ? again.ask(fields, reason, "Too many wrong passwords: please try again " + call.whenToRetry() + ".")
                : door.refuse(call, reason);
    }

    private static Login login(User user, String device, Map<String, String> fields) {
        return Login.builder(user.name())
                .methods("pwd")
                .claim("roles", user.roles())
                .client(device)
                .remembered(fields.getOrDefault("remember", "").equals("true"))
                .build();
    }

    Reply renew(Call call) {
        return issued(call, auth.renew(call.view()), "/");
    }

    private Reply issued(Call call, Outcome<Issued> outcome, String next) {
        return outcome.fold(
                issued -> ReturnPath.afterForm(call.view(), issued, null, next)
                        .map(Reply::seeOther)
                        .orElseGet(() -> Reply.jsonText(200, issued.body())),
                reason -> door.refuse(call, reason));
    }

    Reply logout(Call call) {
        Optional<Rejection> refusal = auth.logout(call.view())
                .rejection()
                .filter(reason -> reason != Rejection.MISSING && reason != Rejection.UNKNOWN);
        return refusal.map(reason -> door.refuse(call, reason)).orElseGet(() -> Door.done(call));
    }

    Reply logoutEverywhere(Call call, Identity who) {
        auth.logins().endAll(who.subject());
        return logout(call);
    }
}
