package dev.gateline.examples.parkgate;

import dev.gateline.Identity;

/**
 * The part of a page that shows a cart. Immutable, thread-safe.
 *
 * @param wiring says whether there are carts
 * @param page draws them
 */
record CartPart(Wiring wiring, Page page) {

    Html of(Identity who) {
        return wiring.carts()
                .map(carts -> page.cart(carts.of(who), "It is kept in your session, until you log out."))
                .orElse(Html.NOTHING);
    }

    /** The cart of somebody who is not logged in. */
    Html ofVisitor(Call call) {
        return wiring.carts()
                .map(carts -> page.cart(carts.ofVisitor(call.view()), "It comes along when you log in."))
                .orElse(Html.NOTHING);
    }
}
