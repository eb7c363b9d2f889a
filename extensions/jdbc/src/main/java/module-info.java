/** Logins, revocations and keys in an SQL database. */
module dev.gateline.jdbc {
    requires transitive dev.gateline.core;
    requires transitive java.sql;
    requires static org.checkerframework.checker.qual;
    requires static org.jspecify;
    requires static org.postgresql.jdbc;

    exports dev.gateline.jdbc;
}
