package dev.gateline.spring;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A Spring Boot application on an embedded Tomcat in this process. */
record Server(ConfigurableApplicationContext context) implements AutoCloseable {
    private static final List<String> QUIET = List.of(
            "server.address=127.0.0.1",
            "server.port=0",
            "spring.main.banner-mode=off",
            "spring.jmx.enabled=false",
            "spring.main.register-shutdown-hook=false");

    static Server start(Class<?> application, String... properties) {
        return start(application, context -> {}, properties);
    }

    static Server start(
            Class<?> application,
            ApplicationContextInitializer<GenericApplicationContext> beans,
            String... properties) {
        List<String> all = new ArrayList<>(QUIET);
        all.addAll(List.of(properties));
        return new Server(new SpringApplicationBuilder(application)
                .initializers(beans)
                .properties(all.toArray(String[]::new))
                .run());
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + "/");
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
