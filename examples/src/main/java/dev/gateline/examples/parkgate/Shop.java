package dev.gateline.examples.parkgate;

import dev.gateline.LoginId;
import dev.gateline.http.HttpAuth;
import java.util.List;
import java.util.Map;

/** The stall at the gate, open where browsers have sessions: one may choose first and log in later. Thread-safe. */
final class Shop {
    private final Wiring wiring;
    private final HttpAuth auth;
    private final Door door;

    Shop(Wiring wiring, Door door) {
        this.wiring = wiring;
        auth = wiring.auth();
        this.door = door;
    }

    /** The visitor of the request has logged in: their cart comes along. */
    void bringCart(Call call, LoginId login) {
        wiring.carts().ifPresent(carts -> carts.bring(call.view(), login));
    }

    Reply add(Call call) {
        return wiring.carts()
                .map(carts -> addTo(carts, call))
                .orElseGet(() -> door.error(call, 404, "there are no carts: a token has no place for one"));
    }

    private Reply addTo(Carts carts, Call call) {
        String item = call.fields().getOrDefault("item", "");
        return auth.authenticate(call.view())
                .fold(
                        who -> carts.add(who, item)
                                .fold(
                                        cart -> added(call, cart),
                                        reason -> door.error(call, 409, "only a session has a cart")),
                        reason -> call.wantsHtml() ? addAsVisitor(carts, call, item) : door.refuse(call, reason));
    }

    private Reply addAsVisitor(Carts carts, Call call, String item) {
        return carts.addAsVisitor(call.view(), item)
                .fold(cart -> added(call, cart), reason -> door.refuse(call, reason));
    }

    private static Reply added(Call call, List<String> cart) {
        return call.wantsHtml() ? Reply.seeOther("/") : Reply.json(200, Map.of("cart", cart));
    }
}
