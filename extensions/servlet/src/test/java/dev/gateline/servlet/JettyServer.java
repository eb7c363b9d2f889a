package dev.gateline.servlet;

import dev.gateline.http.HttpAuth;
import java.net.URI;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty in this process. */
record JettyServer(Server jetty) implements ServletContract.Server {
    static ServletContract.Server start(HttpAuth auth, Runnable outage) {
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty, 1, 1);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServletContainerInitializer((types, servlets) -> Pages.addTo(servlets, auth, outage));
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        Pages.ERRORS.forEach(errors::addErrorPage);
        context.setErrorHandler(errors);
        jetty.setHandler(context);
        try {
            jetty.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return new JettyServer(jetty);
    }

    @Override
    public URI address() {
        return jetty.getURI().resolve("/");
    }

    @Override
    public void stop() throws Exception {
        jetty.stop();
    }
}
