/**
 * Gateline on gRPC. Start with {@link dev.gateline.grpc.GatelineInterceptor}; then read
 * {@link dev.gateline.grpc.GrpcAuth}.
 */
@NullMarked
package dev.gateline.grpc;

import org.jspecify.annotations.NullMarked;
