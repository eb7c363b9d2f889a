/** Logins as server-side sessions. */
module dev.gateline.session {
    requires transitive dev.gateline.core;
    requires static org.jspecify;
    requires com.fasterxml.jackson.databind;

    exports dev.gateline.session;
}
