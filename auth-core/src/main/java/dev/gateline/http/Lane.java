package dev.gateline.http;

/** A kind of client, by the way in which its credentials travel. */
public enum Lane {
    /** Browsers, over a {@link CookieCarrier}. */
    COOKIES,
    /** Programs, over a {@link BearerCarrier}. */
    BEARER
}
