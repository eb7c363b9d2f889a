package dev.gateline.spring;

/** Which requests from pages of other sites carry the cookies, apart from none. */
public enum SameSite {
    /** Those that follow a link. */
    LAX,
    /** None at all: who follows a link from another site comes as a stranger. */
    STRICT
}
