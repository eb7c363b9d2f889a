/** Gateline on gRPC. */
@SuppressWarnings("module")
module dev.gateline.grpc {
    requires transitive dev.gateline.core;
    requires static transitive io.grpc;
    requires static org.jspecify;

    exports dev.gateline.grpc;
}
