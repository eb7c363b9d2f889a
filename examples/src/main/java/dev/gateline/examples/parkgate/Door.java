package dev.gateline.examples.parkgate;

import dev.gateline.Identity;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.HttpAuth;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Lets in who is known, and says no to the others: with a page to people, as JSON to programs. Thread-safe. */
final class Door {
    private static final Requirement RECENT = Requirement.none().authenticatedWithin(Duration.ofMinutes(5));

    private final HttpAuth auth;
    private final Page page;
    private final CartPart cart;
    private final Clock clock;

    /** Answers anybody. */
    interface Handler {
        Reply answer(Call call);
    }

    /** Answers those who are logged in. */
    interface KnownHandler {
        Reply answer(Call call, Identity who);
    }

    Door(HttpAuth auth, Page page, CartPart cart, Clock clock) {
        this.auth = auth;
        this.page = page;
        this.cart = cart;
        this.clock = clock;
    }

    Handler known(KnownHandler next) {
        return call ->
                auth.authenticate(call.view()).fold(who -> next.answer(call, who), reason -> refuse(call, reason));
    }

    /** Lets only users through whose proof is recent, and asks the others for a new one. */
    Handler recentlyProved(KnownHandler next) {
        return known((call, who) -> RECENT.check(who, clock.instant())
                .fold(proved -> next.answer(call, proved), reason -> askAgain(call, who)));
    }

    /**
     * A page with an address of its own, so that it can be loaded again; what was to be done is asked for once more
     * after it.
     */
    private Reply askAgain(Call call, Identity who) {
        if (!call.wantsHtml()) {
            return error(
                    call,
                    auth.refuse(Rejection.INSUFFICIENT, call.view(), RECENT).status(),
                    "prove that it is you");
        }
        if (!call.method().equals("GET")) {
            return Reply.seeOther(Routes.STEP_UP);
        }
        int status = auth.refuse(Rejection.INSUFFICIENT, call.view(), RECENT).status();
        return Reply.html(status, page.stepUp(who.subject(), call.path(), ""));
    }

    /** The page after a password that was wrong, or was not looked at. */
    Reply askAgain(Call call, Map<String, String> fields, Rejection reason, String text) {
        int status = reason == Rejection.TOO_MANY_ATTEMPTS
                ? auth.refuse(reason, call.view()).status()
                : auth.refuse(Rejection.INSUFFICIENT, call.view(), RECENT).status();
        String user = fields.getOrDefault("user", "");
        String next = fields.getOrDefault("next", "");
        return call.wantsHtml() ? Reply.html(status, page.stepUp(user, next, text)) : error(call, status, text);
    }

    /** The form to log in, after a password that was wrong, or was not looked at. */
    Reply askToLogIn(Call call, Map<String, String> fields, Rejection reason, String text) {
        return form(
                call,
                LoginForm.again(fields, text),
                auth.refuse(reason, call.view()).status(),
                text);
    }

    private Reply form(Call call, LoginForm form, int status, String text) {
        return call.wantsHtml()
                ? Reply.html(status, page.login(form, cart.ofVisitor(call)))
                : error(call, status, text);
    }

    /** A change has been made that has nothing to show. */
    static Reply done(Call call) {
        return call.wantsHtml() ? Reply.seeOther("/") : Reply.noContent();
    }

    Reply refuse(Call call, Rejection reason) {
        String text = switch (reason) {
            case CROSS_ORIGIN -> "this came from another site";
            case AMBIGUOUS -> "this came with more than one credential";
            default -> "log in first";
        };
        int status = auth.refuse(reason, call.view()).status();
        String wanted = call.method().equals("GET") ? call.path() : "/";
        return status == 401
                ? form(call, new LoginForm("", false, wanted, text), status, text)
                : error(call, status, text);
    }

    Reply error(Call call, int status, String text) {
        return call.wantsHtml()
                ? Reply.html(status, page.message("Not this way", text))
                : Reply.json(status, Map.of("error", text));
    }
}
