package dev.gateline.servlet;

import dev.gateline.http.HttpAuth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** Tomcat in this process. */
record TomcatServer(Tomcat tomcat) implements ServletContract.Server {
    static ServletContract.Server start(HttpAuth auth, Runnable outage) {
        try {
            Path folder = Files.createTempDirectory("tomcat");
            Tomcat tomcat = new Tomcat();
            tomcat.setBaseDir(folder.toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            Context context = tomcat.addContext("", folder.toString());
            context.addServletContainerInitializer((types, servlets) -> Pages.addTo(servlets, auth, outage), Set.of());
            Pages.ERRORS.forEach((status, location) -> context.addErrorPage(errorPage(status, location)));
            tomcat.start();
            return new TomcatServer(tomcat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ErrorPage errorPage(int status, String location) {
        ErrorPage page = new ErrorPage();
        page.setErrorCode(status);
        page.setLocation(location);
        return page;
    }

    @Override
    public URI address() {
        return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/");
    }

    @Override
    public void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
