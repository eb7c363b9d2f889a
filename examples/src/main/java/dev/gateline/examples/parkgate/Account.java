package dev.gateline.examples.parkgate;

import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.examples.parkgate.Users.User;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import java.util.Map;
import java.util.Optional;

/** Logging in, staying so, and logging out. Thread-safe. */
final class Account {
    private final HttpAuth auth;
    private final Users users;
    private final Door door;
    private final Shop shop;

    Account(HttpAuth auth, Users users, Door door, Shop shop) {
        this.auth = auth;
        this.users = users;
        this.door = door;
        this.shop = shop;
    }

    Reply login(Call call) {
        Optional<Rejection> refusal = auth.checkLogin(call.view());
        if (refusal.isPresent()) {
            return door.refuse(call, refusal.get());
        }
        Map<String, String> fields = call.fields();
        Optional<User> user = users.verify(fields.getOrDefault("user", ""), fields.getOrDefault("password", ""));
        if (user.isEmpty()) {
            return door.refuse(call, Rejection.MISSING, "wrong name or password");
        }
        Login login = Login.builder(user.get().name())
                .methods("pwd")
                .claim("roles", user.get().roles())
                .client(call.device())
                .remembered(fields.getOrDefault("remember", "").equals("true"))
                .build();
        Outcome<Issued> outcome = auth.login(call.view(), login);
        outcome.toOptional().ifPresent(issued -> shop.bringCart(call, issued.loginId()));
        return outcome.fold(issued -> issued(call, issued, "/"), reason -> door.refuse(call, reason));
    }

    Reply renew(Call call) {
        return auth.renew(call.view()).fold(issued -> issued(call, issued, "/"), reason -> door.refuse(call, reason));
    }

    Reply logout(Call call) {
        return auth.logout(call.view()).map(reason -> door.refuse(call, reason)).orElseGet(() -> Door.done(call));
    }

    Reply logoutEverywhere(Call call, Identity who) {
        auth.logins().endAll(who.subject());
        return logout(call);
    }

    private static Reply issued(Call call, Issued issued, String next) {
        return call.wantsHtml() ? Reply.seeOther(next) : Reply.jsonText(200, issued.body());
    }
}
