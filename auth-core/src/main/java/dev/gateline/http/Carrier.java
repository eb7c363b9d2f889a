package dev.gateline.http;

import dev.gateline.Credential;
import dev.gateline.Grant;
import dev.gateline.Outcome;
import java.time.Instant;

/** How credentials travel between a client and the host. Immutable. */
public abstract sealed class Carrier permits BearerCarrier, CookieCarrier {

    Carrier() {}

    /** What the request carries: {@link Presented#NOTHING} if none of it is for this carrier. */
    abstract Outcome<Presented> read(Exchange exchange);

    /** Whether the client that sent the request can take a grant in this carrier. */
    abstract boolean suits(Exchange exchange);

    /** Whether clients send credentials along by themselves, also with requests that another site made them send. */
    abstract boolean isAmbient();

    /**
     * Whether a grant can be handed out.
     *
     * @throws dev.gateline.LoginRefusedException if it does not fit
     */
    abstract void check(Grant grant);

    /**
     * Hands out a grant.
     *
     * @return a JSON body for the response
     * @throws dev.gateline.LoginRefusedException if it does not fit; nothing has been added to the response then
     */
    abstract String write(Grant grant, Exchange exchange, Instant now);

    /**
     * The secret, for a header or a JSON string.
     *
     * @throws IllegalArgumentException if an authenticator of another make has put anything else than a token68 in it
     */
    static String token68(Credential credential) {
        String text = credential.reveal();
        boolean clean = !text.isEmpty()
                && text.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "-._~+/=".indexOf(c) >= 0));
        if (!clean) {
            throw new IllegalArgumentException("a credential may hold letters, digits and -._~+/= only (RFC 9110)");
        }
        return text;
    }

    /** Tells the client to forget what it has. */
    abstract void clear(Exchange exchange);

    /** The request header that it reads, for {@code Vary}. */
    abstract String varies();

    /** The challenge that goes with a 401, up to where its last parameter, the error, may follow. */
    abstract String challenge();

    final String challenge(String parameters) {
        String challenge = challenge();
        return challenge + (challenge.indexOf('=') < 0 ? " " : ", ") + parameters;
    }
}
