package dev.gateline.examples.parkgate;

import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginId;
import dev.gateline.Outcome;
import dev.gateline.http.Exchange;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.session.AttributeKey;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.session.SessionData;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shopping cart, kept with the session of the user, and before the login with the session of the visit, which has a
 * cookie of its own and proves nothing. Thread-safe.
 */
final class Carts {
    /** All that there is. */
    static final List<String> OFFERS = List.of("day ticket", "boat ride", "popcorn", "lemonade");

    private static final int MOST = 20;
    private static final AttributeKey<List<String>> CART = AttributeKey.listOf("cart", String.class);

    private final SessionAuthenticator users;
    private final SessionAuthenticator visitors;
    private final HttpAuth visits;

    /**
     * Carts in sessions.
     *
     * @param users who are logged in
     * @param visitors who are not
     * @param visits where the visitors come and go
     */
    Carts(SessionAuthenticator users, SessionAuthenticator visitors, HttpAuth visits) {
        this.users = users;
        this.visitors = visitors;
        this.visits = visits;
    }

    List<String> of(Identity who) {
        return in(users.data(who));
    }

    List<String> ofVisitor(Exchange view) {
        return visits.authenticate(view).fold(visit -> in(visitors.data(visit)), reason -> List.of());
    }

    private static List<String> in(SessionData data) {
        return data.find(CART).orElse(List.of());
    }

    /**
     * Puts something into the cart of somebody who is logged in.
     *
     * @param item from a client
     * @return what is in it now; rejected if the login is not a session of ours
     * @throws BadRequestException if there is no such item, or the cart is full
     */
    Outcome<List<String>> add(Identity who, String item) {
        return add(users.data(who), item);
    }

    /** Adds an item for somebody who is not logged in. Their visit begins with it. */
    Outcome<List<String>> addAsVisitor(Exchange view, String item) {
        check(item);
        return visit(view).then(visit -> add(visitors.data(visit), item));
    }

    private Outcome<LoginId> visit(Exchange view) {
        Outcome<LoginId> here = visits.authenticate(view).map(Identity::loginId);
        return here.toOptional().isPresent()
                ? here
                : visits.login(view, Login.of("visitor")).map(Issued::loginId);
    }

    private static Outcome<List<String>> add(SessionData data, String item) {
        check(item);
        return data.update(CART, List.of(), cart -> with(cart, item));
    }

    private static void check(String item) {
        if (!OFFERS.contains(item)) {
            throw new BadRequestException(400, "item: one of " + String.join(", ", OFFERS));
        }
    }

    private static List<String> with(List<String> cart, String item) {
        if (cart.size() >= MOST) {
            throw new BadRequestException(400, "a cart holds " + MOST + " items at most");
        }
        return Stream.concat(cart.stream(), Stream.of(item)).toList();
    }

    /** The visitor has logged in: their cart comes along, and the visit is over. */
    void bring(Exchange view, LoginId login) {
        visits.authenticate(view)
                .then(visit -> users.data(login).take(visitors.data(visit)))
                .toOptional()
                .ifPresent(taken -> visits.logout(view));
    }
}
