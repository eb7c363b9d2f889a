/** Gateline on Jakarta Servlet. */
module dev.gateline.servlet {
    requires transitive dev.gateline.core;
    requires static transitive jakarta.servlet;
    requires static org.jspecify;

    exports dev.gateline.servlet;
}
