/** Gateline on Helidon. */
@SuppressWarnings("module")
module dev.gateline.helidon {
    requires transitive dev.gateline.core;
    requires static transitive io.helidon.webserver;
    requires static org.jspecify;

    exports dev.gateline.helidon;
}
