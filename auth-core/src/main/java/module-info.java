/** The seam of Gateline: what a login is, how it is authenticated, and what stores and servers implement. */
@SuppressWarnings("module")
module dev.gateline.core {
    requires static transitive org.jspecify;

    exports dev.gateline;
    exports dev.gateline.http;
    exports dev.gateline.store;
    exports dev.gateline.throttle;
    exports dev.gateline.engine to
            dev.gateline.jwt,
            dev.gateline.session;
    exports dev.gateline.internal to
            dev.gateline.jwt,
            dev.gateline.session,
            dev.gateline.near,
            dev.gateline.jdbc,
            dev.gateline.redis,
            dev.gateline.kit;
}
