package dev.gateline.applications;

/** Something that an application does for its users, as the walk of the tests tries it. */
enum Feature {
    FORM_LOGIN("a login with a form; a wrong password is none"),
    PROTECTED_PAGE("a page for users; a stranger's program gets 401"),
    ROLE("a page for a role; a user without it gets 403"),
    STEP_UP("a page that wants a proof of the last five minutes"),
    DEVICES("a user sees the devices that are logged in"),
    LOGOUT_EVERYWHERE("a user logs out everywhere, at once"),
    TWO_NODES("two nodes: a login on one is good on the other, and ends there"),
    OUTAGE("the store hangs: 503, the cookie stays, and is good afterwards"),
    OTHER_SITES("the form of another site changes nothing: the cookie stays away, or the server refuses"),
    GUARD("the server itself refuses the form of another site");

    private final String title;

    Feature(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
