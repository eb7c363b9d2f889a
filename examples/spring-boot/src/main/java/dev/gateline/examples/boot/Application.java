package dev.gateline.examples.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Begins with Spring Boot, as each of its applications. */
@SpringBootApplication
public class Application {

    /**
     * Serves port 8080 of this machine.
     *
     * @param args properties such as {@code --gateline.strategy=jwt}
     */
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
