/** Contract tests for authenticators and stores, a clock to move, and stores that fail when told to. */
module dev.gateline.kit {
    requires transitive dev.gateline.core;
    requires transitive org.junit.jupiter.api;
    requires transitive java.net.http;
    requires org.assertj.core;
    requires static org.jspecify;

    exports dev.gateline.kit;

    opens dev.gateline.kit;
}
