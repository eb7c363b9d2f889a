/** Gateline on the JDK's own HTTP server. */
module dev.gateline.jdkhttp {
    requires transitive dev.gateline.core;
    requires transitive jdk.httpserver;
    requires static org.jspecify;

    exports dev.gateline.jdkhttp;
}
