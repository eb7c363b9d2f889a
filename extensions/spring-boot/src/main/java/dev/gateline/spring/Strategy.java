package dev.gateline.spring;

/** How logins are kept. */
public enum Strategy {
    /** Server-side sessions, for browsers and programs alike. */
    SESSION,
    /** Signed tokens, for browsers and programs alike. */
    JWT,
    /** Sessions for cookies, and signed tokens for the Authorization header. */
    BOTH
}
