/** Gateline on Jakarta REST. */
@SuppressWarnings("module")
module dev.gateline.jaxrs {
    requires transitive dev.gateline.core;
    requires static transitive jakarta.ws.rs;
    requires static jakarta.annotation;
    requires static jakarta.servlet;
    requires static org.jspecify;

    exports dev.gateline.jaxrs;

    // servers inject into fields
    opens dev.gateline.jaxrs;
}
