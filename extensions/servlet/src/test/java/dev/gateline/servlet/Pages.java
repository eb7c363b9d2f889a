package dev.gateline.servlet;

import dev.gateline.AuthUnavailableException;
import dev.gateline.Identity;
import dev.gateline.Login;
import dev.gateline.LoginRefusedException;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import dev.gateline.http.BearerCarrier;
import dev.gateline.http.HttpAuth;
import dev.gateline.session.SessionAuthenticator;
import dev.gateline.store.Storage;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;

/** The pages of the contract, and some more, as an application would write them. */
final class Pages {
    /** The error pages by their status. */
    static final Map<Integer, String> ERRORS = Map.of(
            403, "/error-that-forwards", 409, "/error-checked", 410, "/error-for-users", 418, "/error", 503, "/error");

    private Pages() {}

    /** A page. */
    private interface Page {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    static void addTo(ServletContext context, HttpAuth auth, Runnable outage) {
        filter(context, "broken", brokenFilter(outage), "/before-the-filter");
        filter(context, "gateline", GatelineFilter.open(auth), "/*");
        filter(
                context,
                "members",
                GatelineFilter.secured(auth),
                "/me",
                "/fails",
                "/async",
                "/forward",
                "/error-for-users");
        filter(context, "others", GatelineFilter.secured(another()), "/others");
        filter(
                context,
                "checked",
                GatelineFilter.secured(auth, Requirement.none().authoritative()),
                "/error-checked");
        filter(context, "vault", GatelineFilter.secured(auth, Requirement.none().methods("otp")), "/vault");
        page(context, "/public", (request, response) -> send(response, subject(ServletAuth.of(request))));
        page(context, "/me", (request, response) -> send(response, request.getRemoteUser()));
        page(context, "/vault", (request, response) -> send(response, request.getRemoteUser()));
        page(context, "/login", Pages::login);
        page(context, "/callback", Pages::login);
        page(context, "/logout", (request, response) -> {
            request.logout();
            response.setStatus(204);
        });
        page(context, "/late", Pages::loginLate);
        page(context, "/full", (request, response) -> {
            throw new LoginRefusedException("the store is full");
        });
        page(context, "/wrapped", (request, response) -> {
            throw new ServletException(new LoginRefusedException("the store is full"));
        });
        page(context, "/half", (request, response) -> {
            response.getOutputStream().print("half a page");
            ServletAuth.of(request).require(Requirement.none());
        });
        page(context, "/careless", (request, response) -> {
            ServletAuth.of(request).require(Requirement.none());
            response.getOutputStream().print("for users only");
        });
        page(context, "/writer", (request, response) -> {
            response.getWriter().print("half a page");
            throw new AuthUnavailableException("the store is down");
        });
        page(context, "/careless-outage", (request, response) -> {
            ServletAuth.of(request).require(Requirement.none());
            throw new AuthUnavailableException("the store is down");
        });
        page(context, "/careless-refusal", (request, response) -> {
            ServletAuth.of(request).refuse(Rejection.CROSS_ORIGIN);
            throw new AuthUnavailableException("the store is down");
        });
        page(context, "/others", (request, response) -> send(response, request.getRemoteUser()));
        page(context, "/fails", (request, response) -> response.sendError(500));
        page(context, "/asked", Pages::asked);
        page(context, "/demands", (request, response) -> {
            if (request.authenticate(response)) {
                send(response, request.getRemoteUser());
            }
        });
        page(context, "/password", (request, response) -> {
            try {
                request.login("ada", "lovelace");
            } catch (ServletException e) {
                send(response, e.getMessage());
            }
        });
        forward(context, "/forward", "/me");
        forward(context, "/forward-openly", "/me");
        page(context, "/async", Pages::later);
        page(context, "/error", (request, response) -> send(response, "an error, " + subject(ServletAuth.of(request))));
        page(context, "/breaks", (request, response) -> response.sendError(418));
        page(context, "/before-the-filter", (request, response) -> send(response, "too late"));
        page(context, "/gone", (request, response) -> response.sendError(410));
        page(context, "/conflict", (request, response) -> response.sendError(409));
        page(context, "/conflict-in-an-outage", (request, response) -> {
            outage.run();
            response.sendError(409);
        });
        forward(context, "/error-that-forwards", "/error");
        page(context, "/error-for-users", (request, response) -> send(response, "an error, for users only"));
        page(context, "/error-checked", (request, response) -> send(response, "an error, for users only"));
        page(context, "/broken-refusal", (request, response) -> {
            sendHalf(response);
            ServletAuth.of(request).require(Requirement.none());
        });
        broken(context, "/broken", new AuthUnavailableException("the store is down"));
        broken(context, "/broken-login", new LoginRefusedException("the store is full"));
    }

    /** A page that fails after a part of it has been sent, by itself and within a framework. */
    private static void broken(ServletContext context, String path, RuntimeException failure) {
        page(context, path, (request, response) -> {
            sendHalf(response);
            throw failure;
        });
        page(context, path + "-wrapped", (request, response) -> {
            sendHalf(response);
            throw new ServletException(failure);
        });
    }

    private static void sendHalf(HttpServletResponse response) throws IOException {
        send(response, "half a page");
        response.flushBuffer();
    }

    /** Sends an error before Gateline has seen the request. */
    private static Filter brokenFilter(Runnable outage) {
        return (request, response, chain) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                outage.run();
                ((HttpServletResponse) response).sendError(418);
            } else {
                chain.doFilter(request, response);
            }
        };
    }

    private static HttpAuth another() {
        SessionAuthenticator staff =
                SessionAuthenticator.builder(Storage.inMemory(1)).realm("staff").build();
        return HttpAuth.builder().lane(BearerCarrier.create(), staff).build();
    }

    private static void filter(ServletContext context, String name, Filter filter, String... paths) {
        FilterRegistration.Dynamic added = context.addFilter(name, filter);
        added.setAsyncSupported(true);
        added.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, paths);
    }

    private static void page(ServletContext context, String path, Page page) {
        ServletRegistration.Dynamic added = context.addServlet(path, new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws IOException, ServletException {
                page.answer(request, response);
            }
        });
        added.setAsyncSupported(true);
        added.addMapping(path);
    }

    private static void forward(ServletContext context, String path, String target) {
        page(
                context,
                path,
                (request, response) -> request.getRequestDispatcher(target).forward(request, response));
    }

    private static String subject(ServletAuth auth) {
        return auth.identity().map(Identity::subject).orElse("a stranger");
    }

    private static void send(HttpServletResponse response, String text) throws IOException {
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().write(text);
    }

    private static void login(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletAuth auth = ServletAuth.of(request);
        auth.answer(auth.login(
                Login.builder("ada").claim("roles", java.util.List.of("keeper")).build()));
    }

    private static void loginLate(HttpServletRequest request, HttpServletResponse response) throws IOException {
        send(response, "begun");
        response.flushBuffer();
        try {
            ServletAuth.of(request).login(Login.of("ada"));
            send(response, "logged in");
        } catch (IllegalStateException e) {
            send(response, ", refused");
        }
    }

    private static void asked(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getUserPrincipal() == null
                ? "nobody"
                : request.getUserPrincipal().getName();
        send(
                response,
                String.join(
                        " ",
                        name,
                        String.valueOf(request.getAuthType()),
                        String.valueOf(request.isUserInRole("keeper")),
                        String.valueOf(request.isUserInRole("owner")),
                        String.valueOf(request.isUserInRole("**"))));
    }

    private static void later(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            send(response, "later, " + request.getRemoteUser());
        } else {
            AsyncContext async = request.startAsync();
            async.start(async::dispatch);
        }
    }
}
