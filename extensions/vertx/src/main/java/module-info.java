/** Gateline on Vert.x. */
@SuppressWarnings("module")
module dev.gateline.vertx {
    requires transitive dev.gateline.core;
    requires static transitive io.vertx.core;
    requires static transitive io.vertx.web;
    requires static io.vertx.auth.common;
    requires static org.jspecify;

    exports dev.gateline.vertx;
}
