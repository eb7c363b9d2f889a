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
    private final Clock clock;

    /** Answers anybody. */
    interface Handler {
        Reply answer(Call call);
    }

    /** Answers those who are logged in. */
    interface KnownHandler {
        Reply answer(Call call, Identity who);
    }

    Door(HttpAuth auth, Page page, Clock clock) {
        this.auth = auth;
        this.page = page;
        this.clock = clock;
    }

    Handler known(KnownHandler next) {
        return call ->
                auth.authenticate(call.view()).fold(who -> next.answer(call, who), reason -> refuse(call, reason));
    }

    /** The same for what is sensitive: whoever proved themselves too long ago is asked again. */
    Handler recentlyProved(KnownHandler next) {
        return known((call, who) -> RECENT.check(who, clock.instant())
                .fold(
                        proved -> next.answer(call, proved),
                        reason -> askAgain(call, who.subject(), "prove that it is you")));
    }

    /** A page for the password of a user who is logged in already. */
    Reply askAgain(Call call, String user, String text) {
        int status = auth.refuse(Rejection.INSUFFICIENT, call.view(), RECENT);
        return call.wantsHtml() ? Reply.html(status, page.stepUp(user, text)) : error(call, status, text);
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
        return refuse(call, reason, text);
    }

    Reply refuse(Call call, Rejection reason, String text) {
        int status = auth.refuse(reason, call.view());
        return call.wantsHtml() && status == 401 ? Reply.html(status, page.login(text)) : error(call, status, text);
    }

    Reply error(Call call, int status, String text) {
        return call.wantsHtml()
                ? Reply.html(status, page.message("Not this way", text))
                : Reply.json(status, Map.of("error", text));
    }
}
