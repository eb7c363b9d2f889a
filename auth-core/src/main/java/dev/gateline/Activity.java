package dev.gateline;

/** Whether the user or a program caused a request. Only requests of the user postpone the idle timeout of the login. */
public enum Activity {
    /** The user caused the request. It counts as a use of the login. */
    USER,
    /** A program caused the request, such as a page that polls. It does not count as a use of the login. */
    BACKGROUND
}
