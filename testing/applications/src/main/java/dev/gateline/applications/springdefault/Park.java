package dev.gateline.applications.springdefault;

import dev.gateline.applications.Users;
import java.security.Principal;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** One page with Spring Security and Spring Session as they are without any setting: nobody finds a user's sessions. */
@SpringBootApplication
@RestController
public class Park {
    public static void main(String[] args) {
        SpringApplication.run(Park.class, args);
    }

    @Bean
    UserDetailsService users() {
        return name -> User.withUsername(name)
                .password("{noop}" + Users.PASSWORD)
                .roles(Users.roles(name).toArray(String[]::new))
                .build();
    }

    @GetMapping("/me")
    String me(Principal user) {
        return "hello " + user.getName();
    }
}
