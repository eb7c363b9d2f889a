/** Logins, revocations and keys in Redis. */
module dev.gateline.redis {
    requires transitive dev.gateline.core;
    requires static org.jspecify;
    requires lettuce.core;

    // what Lettuce needs and, having no descriptor, can't say
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.resolver;
    requires io.netty.resolver.dns;
    requires io.netty.transport;

    exports dev.gateline.redis;
}
