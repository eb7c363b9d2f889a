package dev.gateline.examples.boot;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The forms, which are static files, and the headers of all other pages. */
@Configuration
@ControllerAdvice
class Views implements WebMvcConfigurer {
    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addViewController("/login").setViewName("forward:/login.html");
        views.addViewController("/step-up").setViewName("forward:/step-up.html");
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
