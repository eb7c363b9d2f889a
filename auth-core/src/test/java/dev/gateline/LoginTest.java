package dev.gateline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {

    @Test
    void build_everything_isKept() {
        Credential old = Credential.of("gs_old");
        Login login = Login.builder("ada")
                .methods("pwd", "otp")
                .claim("roles", List.of("keeper"))
                .client("Firefox on Linux")
                .authenticatedAt(Instant.EPOCH.plusSeconds(1))
                .remembered(true)
                .replaces(old)
                .build();
        assertThat(login.subject()).isEqualTo("ada");
        assertThat(login.methods()).containsExactly("pwd", "otp");
        assertThat(login.claims().texts("roles")).containsExactly("keeper");
        assertThat(login.client()).isEqualTo("Firefox on Linux");
        assertThat(login.authenticatedAt()).contains(Instant.EPOCH.plusSeconds(1));
        assertThat(login.remembered()).isTrue();
        assertThat(login.replaces()).contains(old);
    }

    @Test
    void of_subjectOnly_leavesAllElseEmpty() {
        Login login = Login.of("ada");
        assertThat(login.methods()).isEmpty();
        assertThat(login.claims()).isEqualTo(Claims.none());
        assertThat(login.client()).isEmpty();
        assertThat(login.authenticatedAt()).isEmpty();
        assertThat(login.remembered()).isFalse();
        assertThat(login.replaces()).isEmpty();
    }

    @Test
    void authenticatedAt_before1970_isRefused() {
        for (Instant early : List.of(Instant.EPOCH, Instant.EPOCH.minusSeconds(1), Instant.MIN)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> Login.builder("ada").authenticatedAt(early).build())
                    .withMessage("authenticated at: later than 1970-01-01T00:00:00Z; was " + early);
        }
    }

    @Test
    void replacing_keepsAllElse() {
        Login login = Login.builder("ada")
                .methods("pwd")
                .claim("a", 1)
                .client("c")
                .authenticatedAt(Instant.EPOCH.plusSeconds(1))
                .remembered(true)
                .build();
        Login replacing = login.replacing(Credential.of("old"));
        assertThat(replacing.replaces()).contains(Credential.of("old"));
        assertThat(replacing)
                .usingRecursiveComparison()
                .ignoringFields("replaces")
                .isEqualTo(login);
        assertThat(login.replaces()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t",
                "  \u2003 ",
                "ada\n",
                "a\u0000b",
                "\u007f",
                "a\u0085",
                "\uD83D",
                "a\uDE00b",
                "ada\r\nx"
            })
    void of_subjectBlankOrWithControlCharacters_isRefused(String subject) {
        assertThatIllegalArgumentException().isThrownBy(() -> Login.of(subject)).withMessageStartingWith("subject: ");
    }

    @Test
    void of_subjectOf255_isTakenAndOf256RefusedWithTheLimit() {
        assertThat(Login.of("x".repeat(255)).subject()).hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Login.of("x".repeat(256)))
                .withMessageContaining("255")
                .withMessageContaining("256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ada lovelace", "\u00e9milie", "\uD83D\uDE00", "../../etc/passwd", "'; drop"})
    void of_subjectOfAnyText_isTaken(String subject) {
        assertThat(Login.of(subject).subject()).isEqualTo(subject);
    }

    @Test
    void client_of255_isTakenAndLongerOrWithControlCharactersRefused() {
        assertThat(Login.builder("ada").client("c".repeat(255)).build().client())
                .hasSize(255);
        assertThat(Login.builder("ada").client("").build().client()).isEmpty();
        for (String bad : List.of("c".repeat(256), "a\nb", "\uD83D")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Login.builder("ada").client(bad).build())
                    .withMessageStartingWith("client: ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "sid", "auth_time", "amr", "cnf", "sub_epoch"})
    void claim_reservedName_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Login.builder("ada").claim(name, 1).build())
                .withMessageContaining("'" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXP", "Sub", "roles", "__proto__", "class", "@type", "scope"})
    void claim_otherName_isPlainData(String name) {
        assertThat(Login.builder("ada").claim(name, "x").build().claims().text(name))
                .contains("x");
    }

    @Test
    void methods_sixteenOf32_areTakenAndMoreRefused() {
        String[] sixteen =
                IntStream.range(0, 16).mapToObj(i -> "m".repeat(30) + (10 + i)).toArray(String[]::new);
        String[] seventeen = IntStream.range(0, 17).mapToObj(i -> "m" + i).toArray(String[]::new);
        assertThat(Login.builder("ada").methods(sixteen).build().methods()).containsExactly(sixteen);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Login.builder("ada").methods(seventeen).build())
                .withMessageContaining("17");
    }

    @Test
    void methods_longestMethod_isTaken() {
        assertThat(Login.builder("ada").methods("m".repeat(32)).build().methods())
                .containsExactly("m".repeat(32));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm", "a b", "\u00e9", "a\n", "\u007f"})
    void methods_badMethod_isRefused(String method) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Login.builder("ada").methods(method).build())
                .withMessageStartingWith("methods: ");
    }

    @Test
    void claims_ofTheLimit_areTakenAndOneByteMoreRefusedWithTheLimit() {
        int frame = "{\"c\":\"\"}".length();
        String fits = "x".repeat(Login.MAX_CLAIMS_SIZE - frame);
        assertThat(Login.builder("ada").claim("c", fits).build().claims().size())
                .isEqualTo(Login.MAX_CLAIMS_SIZE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Login.builder("ada").claim("c", fits + "x").build())
                .withMessageContaining("3072")
                .withMessageContaining("3073");
    }

    @Test
    void toString_showsNoClaimsValue() {
        assertThat(Login.builder("ada")
                        .claim("salary", "private")
                        .methods("pwd")
                        .build())
                .hasToString("Login[ada, Claims[salary], [pwd]]");
    }

    @Test
    void toString_replaces_isNotShown() {
        assertThat(Login.builder("ada")
                        .replaces(Credential.of("gs_secret"))
                        .build()
                        .toString())
                .doesNotContain("gs_secret");
    }
}
