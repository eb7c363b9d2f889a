/** Copies of a shared storage in memory. */
module dev.gateline.near {
    requires transitive dev.gateline.core;
    requires static org.jspecify;
    requires com.github.benmanes.caffeine;

    exports dev.gateline.near;
}
