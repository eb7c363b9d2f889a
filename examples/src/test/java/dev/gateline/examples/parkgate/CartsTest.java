package dev.gateline.examples.parkgate;

import static dev.gateline.examples.parkgate.Visitor.ADA;
import static dev.gateline.examples.parkgate.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(strings = {"session", "both"})
@Tag("slow")
class CartsTest {
    private static final String POPCORN = "item=popcorn";

    @Parameter
    String strategy;

    private ParkGate gate;
    private Visitor browser;

    @BeforeEach
    void open() {
        gate = ParkGate.start(strategy, 0);
        browser = Visitor.browser(gate);
    }

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void add_visitor_hasACookieThatLogsNobodyIn() {
        assertThat(browser.get("/").body()).contains(badge(0));
        assertThat(browser.hasCookies()).isFalse();
        HttpResponse<String> response = browser.post("/cart", POPCORN);
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Host-Http-visit=")
                .contains("; Secure; HttpOnly; SameSite=Lax")
                .doesNotContain("Max-Age");
        assertThat(browser.get("/").body()).contains(badge(1), "Enter the park");
        assertThat(browser.get("/me").statusCode()).isEqualTo(401);
    }

    @Test
    void add_visitorAgain_isTheSameCart() {
        browser.post("/cart", POPCORN);
        HttpResponse<String> response = browser.post("/cart", "item=day+ticket");
        assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(browser.get("/").body()).contains(badge(2));
        assertThat(Visitor.browser(gate).get("/").body()).contains(badge(0));
    }

    @Test
    void login_visitorWithCart_findsItInTheSession() {
        browser.post("/cart", POPCORN);
        browser.post("/cart", POPCORN);
        HttpResponse<String> response = browser.post("/login", ADA);
        assertThat(response.headers().allValues("Set-Cookie"))
                .anyMatch(line -> line.startsWith("__Host-Http-visit=; Max-Age=0"));
        assertThat(browser.get("/").body()).contains("<h1>ada</h1>", badge(2));
        browser.post("/cart", POPCORN);
        assertThat(browser.get("/").body()).contains(badge(3));
    }

    @Test
    void login_visitCopiedBefore_isOver() {
        browser.post("/cart", POPCORN);
        Visitor copy = Visitor.browser(gate).withCookiesOf(browser);
        browser.post("/login", ADA);
        assertThat(copy.get("/").body()).contains("Enter the park", badge(0));
    }

    @Test
    void login_wrongPassword_keepsTheVisit() {
        browser.post("/cart", POPCORN);
        assertThat(browser.post("/login", "user=ada&password=hopper").body()).contains(badge(1));
        assertThat(browser.get("/").body()).contains(badge(1));
    }

    @Test
    void logout_cart_isGone() {
        browser.post("/login", ADA);
        browser.post("/cart", POPCORN);
        browser.post("/logout", "");
        assertThat(browser.get("/").body()).contains(badge(0));
        browser.post("/login", ADA);
        assertThat(browser.get("/").body()).contains(badge(0));
    }

    @Test
    void add_unknownItem_isBadRequest() {
        for (String form : List.of("", "item=", "item=Popcorn", "item=the+whole+park", "item=%3Cb%3E")) {
            HttpResponse<String> response = browser.post("/cart", form);
            assertThat(response.statusCode()).as(form).isEqualTo(400);
            assertThat(response.body()).contains("item: one of day ticket, boat ride, popcorn, lemonade");
        }
        assertThat(browser.hasCookies()).isFalse();
    }

    @Test
    void add_tooMany_isRefusedAtTheBoundary() {
        for (int i = 0; i < 20; i++) {
            assertThat(browser.post("/cart", POPCORN).statusCode()).isEqualTo(303);
        }
        HttpResponse<String> response = browser.post("/cart", POPCORN);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("a cart holds 20 items at most");
        assertThat(browser.get("/").body()).contains(badge(20));
    }

    @Test
    void add_fromAnotherSite_isForbidden() {
        browser.with("Origin", "https://elsewhere.example").with("Sec-Fetch-Site", "cross-site");
        assertThat(browser.post("/cart", POPCORN).statusCode()).isEqualTo(403);
        assertThat(browser.hasCookies()).isFalse();
    }

    @Test
    void add_program_hasACartWhereItHasASession() {
        Visitor program = Visitor.program(gate);
        assertThat(program.post("/cart", POPCORN).statusCode()).isEqualTo(401);
        program.logIn(ADA);
        HttpResponse<String> response = program.post("/cart", POPCORN);
        if (strategy.equals("both")) {
            assertThat(response.statusCode()).isEqualTo(409);
            return;
        }
        assertThat(json(response).get("cart")).extracting(JsonNode::asText).containsExactly("popcorn");
    }

    private static String badge(int count) {
        return "Your cart <span class=\"badge\">" + count + "</span>";
    }
}
