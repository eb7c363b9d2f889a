/** The seam of Gateline: what a login is, how it is authenticated, and what stores and servers implement. */
module dev.gateline.core {
    requires static transitive org.jspecify;

    exports dev.gateline;
    exports dev.gateline.http;
    exports dev.gateline.spi;
}
