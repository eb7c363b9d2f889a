package dev.gateline;

/** Whose doing a request is. It decides whether the request puts off the idle timeout of its login. */
public enum Activity {
    /** The user's: a use of the login. */
    USER,
    /** The program's, such as a page that polls: no use of the login, which goes idle as if nobody had asked. */
    BACKGROUND
}
