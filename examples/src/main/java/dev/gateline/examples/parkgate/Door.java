package dev.gateline.examples.parkgate;

import dev.gateline.Identity;
import dev.gateline.Rejection;
import dev.gateline.http.HttpAuth;
import java.util.Map;

/** Lets in who is known, and says no to the others: with a page to people, as JSON to programs. Thread-safe. */
final class Door {
    private final HttpAuth auth;
    private final Page page;

    /** Answers anybody. */
    interface Handler {
        Reply answer(Call call);
    }

    /** Answers those who are logged in. */
    interface KnownHandler {
        Reply answer(Call call, Identity who);
    }

    Door(HttpAuth auth, Page page) {
        this.auth = auth;
        this.page = page;
    }

    Handler known(KnownHandler next) {
        return call ->
                auth.authenticate(call.view()).fold(who -> next.answer(call, who), reason -> refuse(call, reason));
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
