package dev.gateline.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.Identity;
import dev.gateline.Logins;
import dev.gateline.spring.RequireLogin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application whose store is in Redis, where there is none, tested as a user of it would test it. */
@WebMvcTest(
        properties = {
            "gateline.store=redis",
            "gateline.origins=https://park.example",
            "gateline.jwt.issuer=https://park.example",
            "gateline.jwt.audience=park"
        })
@Tag("slow")
@GatelineTest
abstract class WithLoginContract {
    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private Logins logins;

    /** The application. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    @RestController
    static class Park {
        @GetMapping("/me")
        String me(Identity user) {
            return user.subject() + user.roles() + user.scopes() + user.methods();
        }

        @RequireLogin(within = "5m")
        @GetMapping("/fresh")
        String fresh() {
            return "fresh";
        }

        @PostMapping("/change")
        String change(Identity user) {
            return "changed by " + user.subject();
        }
    }

    @Test
    void me_withoutAnnotation_isRefused() {
        assertThat(mvc.get().uri("/me")).hasStatus(401);
    }

    @Test
    @WithLogin
    void me_default_isTheUser() {
        assertThat(mvc.get().uri("/me")).bodyText().isEqualTo("user[][][pwd]");
    }

    @Test
    @WithLogin(value = "ada", roles = "keeper", scopes = "read", methods = "otp")
    void me_all_isAsTheAnnotationSays() {
        assertThat(mvc.get().uri("/me")).bodyText().isEqualTo("ada[keeper][read][otp]");
        assertThat(mvc.post().uri("/change")).bodyText().isEqualTo("changed by ada");
    }

    @Test
    @WithLogin("ada")
    void me_ofALoginThatEnds_isRefused() {
        logins.endAll("ada");

        assertThat(mvc.get().uri("/me")).hasStatus(401);
    }

    @Test
    @WithLogin("ada")
    void me_requestThatBringsItsOwnCredential_isJudgedByThat() {
        assertThat(mvc.get().uri("/me").header("Authorization", "Bearer nonsense"))
                .hasStatus(401);
    }

    @Test
    @WithLogin(provedAgo = "301s")
    void fresh_oldProof_isRefused() {
        assertThat(mvc.get().uri("/fresh"))
                .hasStatus(401)
                .headers()
                .hasHeaderSatisfying(
                        "WWW-Authenticate",
                        lines -> assertThat(lines).anyMatch(line -> line.contains("insufficient_user_authentication")));
    }

    @Test
    @WithLogin
    void fresh_proofOfNow_isServed() {
        assertThat(mvc.get().uri("/fresh")).bodyText().isEqualTo("fresh");
    }
}
