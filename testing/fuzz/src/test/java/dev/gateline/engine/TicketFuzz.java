package dev.gateline.engine;

import dev.gateline.Credential;
import dev.gateline.fuzz.Check;
import dev.gateline.fuzz.Input;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A ticket: it is read in exactly one form, and written back the same. */
public final class TicketFuzz {
    private static final Pattern FORM = Pattern.compile("gs_([\\w-]{21}[AQgw])\\.([\\w-]{64})");

    private TicketFuzz() {}

    /** One input: the credential. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new Input(input).header();
        Credential credential = Credential.of(text);
        Optional<Ticket> ticket = Ticket.parse("gs_", credential);
        Matcher form = FORM.matcher(text);
        Check.same(ticket.isPresent(), form.matches(), "the form");
        Check.that(Ticket.parse("gr_", credential).isEmpty() || text.startsWith("gr_"), "of another kind");
        ticket.ifPresent(it -> {
            Check.same(it.loginId().value(), form.group(1), "login id");
            Check.same(it.credential().reveal(), text, "text");
            Check.that(it.isReadFrom(text), "it is read from its text");
            byte[] secrets = Base64.getUrlDecoder().decode(form.group(2));
            Check.same(Base64.getUrlEncoder().encodeToString(secrets), form.group(2), "secrets");
            Check.that(!it.toString().contains(form.group(2)), "its text is not shown");
        });
    }
}
