package dev.gateline.http;

import dev.gateline.Credential;
import dev.gateline.Grant;
import java.time.Instant;
import java.util.List;

/** The way in which credentials travel between a client and the host. Immutable. */
public abstract sealed class Carrier permits BearerCarrier, CookieCarrier {

    Carrier() {}

    /** The kind of client for this carrier. */
    abstract Lane lane();

    /** Reads the credentials of a request; {@link Presented#NOTHING} if it has none for this carrier. */
    abstract Presented read(Exchange exchange);

    /** Whether the client that sent the request can take a grant in this carrier, as far as its headers tell. */
    abstract boolean suits(Exchange exchange);

    /**
     * Checks that a grant can be handed out.
     *
     * @throws dev.gateline.LoginRefusedException if the grant does not fit
     */
    abstract void checkFits(Grant grant);

    /**
     * Hands out a grant that fits.
     *
     * @return a JSON body for the response
     */
    abstract String write(Grant grant, Exchange exchange, Instant now);

    /**
     * The secret, for a header or a JSON string.
     *
     * @throws IllegalArgumentException if another implementation of an authenticator has issued a credential that is no
     *     token68
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

    /** Tells the client to forget its credentials. */
    abstract void clear(Exchange exchange);

    /**
     * Tells the client to forget credentials that others may have set under the same names.
     *
     * @param origins the origins of the host's pages
     */
    abstract void clearOtherForms(Exchange exchange, List<Origin> origins);

    /** The name of the request header that the carrier reads, for {@code Vary}. */
    abstract String varies();

    /** The challenge of a 401, without its last parameter, the error. */
    abstract String challenge();

    final String challenge(String parameters) {
        String challenge = challenge();
        return challenge + (challenge.indexOf('=') < 0 ? " " : ", ") + parameters;
    }
}
