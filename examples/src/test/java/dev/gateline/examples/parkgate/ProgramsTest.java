package dev.gateline.examples.parkgate;

import static dev.gateline.examples.parkgate.Visitor.ADA;
import static dev.gateline.examples.parkgate.Visitor.GRACE;
import static dev.gateline.examples.parkgate.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"jwt", "session", "both"})
@Tag("slow")
class ProgramsTest {
    @Parameter
    String strategy;

    private ParkGate gate;
    private Visitor ada;

    @BeforeEach
    void open() {
        gate = ParkGate.start(strategy, 0);
        ada = Visitor.program(gate);
    }

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void me_loggedIn_saysWho() {
        ada.logIn(ADA);
        JsonNode me = json(ada.get("/me"));
        assertThat(me.get("subject").asText()).isEqualTo("ada");
        assertThat(me.get("loginId").asText()).isNotEmpty();
        assertThat(me.get("roles")).extracting(JsonNode::asText).containsExactly("keeper", "visitor");
        assertThat(me.get("methods")).extracting(JsonNode::asText).containsExactly("pwd");
        assertThat(me.get("authenticatedAt").asText())
                .isLessThan(me.get("expiresAt").asText());
    }

    @Test
    void login_asJson_isTheSame() {
        ada.with("Content-Type", "application/json");
        HttpResponse<String> response =
                ada.post("/login", "{\"user\":\"ada\",\"password\":\"lovelace\",\"remember\":true}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(json(response).get("token_type").asText()).isEqualTo("Bearer");
    }

    @Test
    void me_nobody_isChallenged() {
        HttpResponse<String> response = ada.get("/me");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void logout_tokenAgain_isInvalid() {
        ada.logIn(ADA);
        assertThat(ada.post("/logout", "").statusCode()).isEqualTo(204);
        HttpResponse<String> response = ada.get("/me");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().allValues("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
    }

    @Test
    void renew_refreshToken_keepsTheLogin() {
        JsonNode grant = ada.logIn(ADA);
        String login = json(ada.get("/me")).get("loginId").asText();
        JsonNode renewed = json(ada.bearer(grant.get("refresh_token").asText()).post("/renew", ""));
        assertThat(renewed.get("refresh_token")).isNotEqualTo(grant.get("refresh_token"));
        ada.bearer(renewed.get("access_token").asText());
        assertThat(json(ada.get("/me")).get("loginId").asText()).isEqualTo(login);
    }

    @Test
    void logins_twoDevices_showsWhichIsCurrent() {
        ada.logIn(ADA);
        Visitor tablet = Visitor.program(gate).with("User-Agent", "wget/1.21");
        tablet.logIn(ADA);
        JsonNode logins = json(tablet.get("/logins"));
        assertThat(logins)
                .extracting(login ->
                        login.get("client").asText() + (login.get("current").asBoolean() ? " (this)" : ""))
                .containsExactlyInAnyOrder("wget (this)", "curl");
    }

    @Test
    void logins_remembered_expireLater() {
        ada.logIn(ADA + "&remember=true");
        Visitor tablet = Visitor.program(gate).with("User-Agent", "wget/1.21");
        tablet.logIn(ADA);
        JsonNode logins = json(ada.get("/logins"));
        JsonNode remembered = clientOf(logins, "curl");
        JsonNode usual = clientOf(logins, "wget");
        assertThat(remembered.get("remembered").asBoolean()).isTrue();
        assertThat(usual.get("remembered").asBoolean()).isFalse();
        assertThat(expiryOf(remembered)).isAfter(expiryOf(usual));
    }

    private static JsonNode clientOf(JsonNode logins, String client) {
        return StreamSupport.stream(logins.spliterator(), false)
                .filter(login -> login.get("client").asText().equals(client))
                .findFirst()
                .orElseThrow();
    }

    private static Instant expiryOf(JsonNode login) {
        return Instant.parse(login.get("expiresAt").asText());
    }

    @Test
    void endOthers_twoUsers_endsOnlyOnesOwn() {
        ada.logIn(ADA);
        Visitor tablet = Visitor.program(gate);
        tablet.logIn(ADA);
        Visitor grace = Visitor.program(gate);
        grace.logIn(GRACE);
        assertThat(ada.post("/logins/end-others", "").statusCode()).isEqualTo(204);
        assertThat(tablet.get("/me").statusCode()).isEqualTo(401);
        assertThat(ada.get("/me").statusCode()).isEqualTo(200);
        assertThat(grace.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void end_ownLogin_isOver() {
        ada.logIn(ADA);
        Visitor tablet = Visitor.program(gate);
        tablet.logIn(ADA);
        assertThat(ada.post("/logins/end", "id=" + loginOf(tablet)).statusCode())
                .isEqualTo(204);
        assertThat(tablet.get("/me").statusCode()).isEqualTo(401);
        assertThat(ada.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void end_anothersLogin_isNotFound() {
        ada.logIn(ADA);
        Visitor grace = Visitor.program(gate);
        grace.logIn(GRACE);
        assertThat(ada.post("/logins/end", "id=" + loginOf(grace)).statusCode()).isEqualTo(404);
        assertThat(grace.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void end_noLoginId_isNotFound() {
        ada.logIn(ADA);
        for (String form : List.of("", "id=", "id=%00", "id=nobody", "id=" + "x".repeat(300))) {
            assertThat(ada.post("/logins/end", form).statusCode()).as(form).isEqualTo(404);
        }
    }

    @Test
    void login_wrongNameOrPassword_looksTheSame() {
        HttpResponse<String> password = ada.post("/login", "user=ada&password=hopper");
        HttpResponse<String> name = ada.post("/login", "user=nobody&password=hopper");
        HttpResponse<String> neither = ada.post("/login", "");
        assertThat(List.of(password, name, neither)).allSatisfy(response -> {
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(json(response).get("error").asText()).isEqualTo("wrong name or password");
        });
    }

    @Test
    void login_tooLarge_isRefusedAtTheBoundary() {
        String fits = ADA + "&x=" + "x".repeat(8 * 1024 - ADA.length() - 3);
        assertThat(ada.post("/login", fits).statusCode()).isEqualTo(200);
        assertThat(ada.post("/login", fits + "x").statusCode()).isEqualTo(413);
    }

    @Test
    void login_unreadable_isBadRequest() {
        assertThat(ada.post("/login", "user=%zz").statusCode()).isEqualTo(400);
        ada.with("Content-Type", "application/json");
        assertThat(ada.post("/login", "{\"user\":").statusCode()).isEqualTo(400);
        assertThat(ada.post("/login", "[1]").statusCode()).isEqualTo(401);
    }

    @Test
    void anyPath_unknownOrWrongMethod_saysSo() {
        assertThat(ada.get("/nowhere").statusCode()).isEqualTo(404);
        HttpResponse<String> wrong = ada.send("/login", "DELETE", "");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().allValues("Allow")).containsExactly("GET, HEAD, POST");
        assertThat(ada.send("/me", "HEAD", "").statusCode()).isEqualTo(401);
    }

    @Test
    void jwks_onlyWhereTokensAreIssued_showsPublicKeys() {
        HttpResponse<String> response = ada.get("/.well-known/jwks.json");
        if (strategy.equals("session")) {
            assertThat(response.statusCode()).isEqualTo(404);
            return;
        }
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("public, max-age=1800");
        JsonNode key = json(response).get("keys").get(0);
        assertThat(key.get("kty").asText()).isEqualTo("EC");
        assertThat(key.has("kid")).isTrue();
        assertThat(key.has("d")).isFalse();
    }

    @Test
    void healthz_anybody_tellsHowTheStoreStands() {
        assertThat(json(ada.get("/healthz")).get("store").asText()).isEqualTo("memory");
    }

    @Test
    void home_asJson_tellsWhatIsWired() {
        JsonNode sign = json(ada.get("/"));
        assertThat(sign.get("strategy").asText()).isEqualTo(strategy);
        assertThat(sign.get("browsers").asText()).isEqualTo(strategy.equals("jwt") ? "jwt" : "session");
        assertThat(sign.get("programs").asText()).isEqualTo(strategy.equals("session") ? "session" : "jwt");
    }

    private static String loginOf(Visitor visitor) {
        return json(visitor.get("/me")).get("loginId").asText();
    }
}
