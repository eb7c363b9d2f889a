package dev.gateline.examples.jetty;

import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.Logins;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.servlet.ServletAuth;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** The servlets. Each of them is behind the filters of {@link Park}. */
final class Pages {
    private Pages() {}

    private interface Page {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    static void addTo(ServletContext context, Logins logins) {
        page(context, "GET", "", (request, response) -> {
            Optional<Identity> user = ServletAuth.of(request).identity();
            send(response, "hello " + user.map(Identity::subject).orElse("stranger"));
        });
        page(context, "GET", "/me", (request, response) -> send(response, "hello " + request.getRemoteUser()));
        page(context, "GET", "/vault", (request, response) -> send(response, "the vault is open"));
        page(context, "POST", "/login", (request, response) -> {
            ServletAuth door = ServletAuth.of(request);
            door.answer(verify(request, field(request, "user")).then(door::login));
        });
        page(context, "POST", "/step-up", (request, response) -> {
            ServletAuth door = ServletAuth.of(request);
            door.answer(verify(request, request.getRemoteUser()).then(door::reauthenticate));
        });
        page(context, "POST", "/logout", (request, response) -> {
            ServletAuth door = ServletAuth.of(request);
            door.answer(door.logout());
        });
        page(context, "POST", "/logout-everywhere", (request, response) -> {
            logins.endAll(request.getRemoteUser());
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        });
    }

    /** Another site must not make a browser guess, so the password is looked at last. */
    private static Outcome<Login> verify(HttpServletRequest request, String user) {
        Optional<Rejection> refusal = ServletAuth.of(request).checkLogin();
        return refusal.isPresent()
                ? Outcome.rejected(refusal.get())
                : Accounts.verify(user, field(request, "password"));
    }

    private static String field(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }

    /**
     * Nobody keeps a page of a user, so the back button shows none after a logout. No browser takes a text for HTML.
     */
    private static void send(HttpServletResponse response, String text) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().println(text);
    }

    /** A link of another site is a GET with cookies, so it must change nothing. */
    private static void page(ServletContext context, String method, String path, Page page) {
        HttpServlet servlet = new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
                if (request.getMethod().equals(method)) {
                    page.answer(request, response);
                } else {
                    response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
                }
            }
        };
        context.addServlet("page " + path, servlet).addMapping(path);
    }
}
