package dev.gateline.examples.boot;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The forms, which are static files, and the headers of all pages. */
@Controller
@ControllerAdvice
class Views {
    @GetMapping("/login")
    String login() {
        return "forward:/login.html";
    }

    @GetMapping("/step-up")
    String stepUp() {
        return "forward:/step-up.html";
    }

    /**
     * Nobody keeps a page of a user, so the back button shows none after a logout. No browser takes a text for HTML.
     */
    @ModelAttribute
    void headers(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }
}
