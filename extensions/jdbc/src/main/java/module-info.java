/** Logins, revocations, key rings and a change feed in a relational database. */
module dev.gateline.jdbc {
    requires transitive dev.gateline.core;
    requires transitive java.sql;
    requires static org.jspecify;
    requires static org.postgresql.jdbc;

    exports dev.gateline.jdbc;
}
