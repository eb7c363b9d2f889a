package dev.gateline.servlet;

import dev.gateline.http.Exchange;
import dev.gateline.http.Issued;
import dev.gateline.http.Refusal;
import dev.gateline.http.ReturnPath;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request and its response, as {@link dev.gateline.http.HttpAuth} sees them. */
record ServletExchange(HttpServletRequest request, HttpServletResponse response) implements Exchange {
    @Override
    public String method() {
        return request.getMethod();
    }

    /** Within the web application, decoded, as the container routes by it. */
    @Override
    public String path() {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    @Override
    public String target() {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + '?' + query;
    }

    @Override
    public List<String> headers(String name) {
        @Nullable Enumeration<String> lines = request.getHeaders(name);
        return lines == null ? List.of() : Collections.list(lines);
    }

    @Override
    public String remoteAddress() {
        @Nullable String address = request.getRemoteAddr();
        return address == null ? "" : address;
    }

    @Override
    public void addHeader(String name, String value) {
        response.addHeader(name, value);
    }

    @Override
    public boolean isCommitted() {
        return response.isCommitted();
    }

    /**
     * Completes the response, as {@code sendError} does: what a page has written before or writes afterwards is not
     * sent. Without a body of its own the answer is an error of the application, which may have a page for it.
     */
    void send(Refusal refusal) throws IOException {
        if (refusal.body().isEmpty() && !refusal.isRedirect()) {
            response.sendError(refusal.status());
            return;
        }
        response.resetBuffer();
        response.setStatus(refusal.status());
        if (!refusal.isRedirect()) {
            response.setContentType(Refusal.CONTENT_TYPE);
        }
        response.setContentLength(refusal.body().length());
        complete(refusal.body());
    }

    /** Answers an operation that has succeeded. */
    void answer(Object result) throws IOException {
        Optional<String> page = ReturnPath.afterForm(this, result, wish(), request.getContextPath() + "/");
        if (page.isPresent()) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", page.get());
        } else if (result instanceof Issued issued) {
            response.setContentType("application/json");
            response.setContentLength(issued.body().length());
            complete(issued.body());
        } else {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    /** A field of the query or of the form. The operation is done, so an unreadable query must not fail the answer. */
    private @Nullable String wish() {
        try {
            return request.getParameter(ReturnPath.PARAMETER);
        } catch (RuntimeException e) {
            // each container has its own exception for that
            return null;
        }
    }

    private void complete(String body) throws IOException {
        try {
            ServletOutputStream stream = response.getOutputStream();
            stream.print(body);
            stream.close();
        } catch (IllegalStateException e) {
            // the page has begun to use the writer
            response.getWriter().append(body).close();
        }
    }
}
