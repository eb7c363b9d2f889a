package dev.gateline.applications.plain;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The pages without any login. */
@SpringBootApplication
@RestController
public class Park {
    public static void main(String[] args) {
        SpringApplication.run(Park.class, args);
    }

    @GetMapping("/me")
    String me() {
        return "hello nobody";
    }

    @GetMapping("/admin")
    String admin() {
        return "the keys of the park";
    }

    @PostMapping("/transfer")
    String transfer() {
        return "done";
    }
}
