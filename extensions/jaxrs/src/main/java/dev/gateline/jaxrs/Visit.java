package dev.gateline.jaxrs;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.http.CollectedExchange;
import dev.gateline.http.CollectedExchangeBuilder;
import dev.gateline.http.Exchange;
import dev.gateline.http.HttpAuth;
import dev.gateline.http.Issued;
import dev.gateline.http.Refusal;
import dev.gateline.http.ReturnPath;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request, who sent it, and the header lines for its response. Threads that answer it take turns. */
final class Visit {
    private static final String PROPERTY = Visit.class.getName();

    final HttpAuth auth;
    final CollectedExchange exchange;
    private final CollectedExchangeBuilder copy;
    private final String firstPage;
    private final List<Map.Entry<String, String>> lines = new CopyOnWriteArrayList<>();
    private volatile Outcome<Identity> outcome = Outcome.rejected(Rejection.MISSING);

    private Visit(HttpAuth auth, ContainerRequestContext request) {
        this.auth = auth;
        copy = copy(request);
        exchange = copy.build();
        firstPage = request.getUriInfo().getBaseUri().getRawPath();
    }

    /** Of a stranger, until {@link #recognise}. */
    static Visit begin(HttpAuth auth, ContainerRequestContext request) {
        Visit begun = new Visit(auth, request);
        request.setProperty(PROPERTY, begun);
        return begun;
    }

    /** Asks who it is, once for each request. */
    Outcome<Identity> recognise() {
        outcome = auth.authenticate(exchange);
        return outcome;
    }

    /**
     * Of the request that a server shows.
     *
     * @throws IllegalStateException if the feature has not seen it
     */
    static Visit of(@Nullable SecurityContext user) {
        return find(user)
                .orElseThrow(() -> new IllegalStateException(
                        "register a GatelineFeature with the application: it has not seen this request"));
    }

    private static Optional<Visit> find(@Nullable SecurityContext user) {
        return Optional.ofNullable(user).flatMap(KnownUser::visit);
    }

    static Optional<Visit> find(ContainerRequestContext request) {
        return Optional.ofNullable((Visit) request.getProperty(PROPERTY));
    }

    private static CollectedExchangeBuilder copy(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        CollectedExchangeBuilder copy =
                CollectedExchange.of(request.getMethod(), path.startsWith("/") ? path : "/" + path);
        request.getHeaders().forEach((name, values) -> values.forEach(value -> copy.header(name, value)));
        URI uri = request.getUriInfo().getRequestUri();
        copy.target(uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + '?' + uri.getRawQuery());
        if (request.getProperty(GatelineFeature.REMOTE_ADDRESS) instanceof String address) {
            copy.remoteAddress(address);
        }
        return copy;
    }

    Outcome<Identity> outcome() {
        return outcome;
    }

    /** The login of the request has ended. */
    void forget() {
        outcome = Outcome.rejected(Rejection.MISSING);
    }

    Optional<Identity> identity() {
        return outcome.toOptional();
    }

    /** Answers an operation that has succeeded. */
    Response answer(Object result) {
        Optional<String> page = ReturnPath.afterForm(exchange, result, firstPage);
        if (page.isPresent()) {
            return Response.seeOther(URI.create(page.get())).build();
        }
        return result instanceof Issued issued
                ? Response.ok(issued.body(), MediaType.APPLICATION_JSON_TYPE).build()
                : Response.noContent().build();
    }

    /**
     * Makes the answer to a rejection or an outage. Its headers come with whatever response is sent; without a body a
     * mapper of the application may give it one. A page that fails while it is written comes too late for that, and
     * then the answer itself has the headers.
     */
    Response response(Function<Exchange, Refusal> answer) {
        return exchange.isCommitted()
                ? whole(copy.build(), answer)
                : answered(answer.apply(exchange)).build();
    }

    /** Answers a failure of a request that the feature may not have seen, such as that of an earlier filter. */
    static Response response(@Nullable SecurityContext user, Function<Exchange, Refusal> answer) {
        return find(user)
                .map(visit -> visit.response(answer))
                .orElseGet(() -> whole(CollectedExchange.of("GET", "/").build(), answer));
    }

    private static Response whole(CollectedExchange own, Function<Exchange, Refusal> answer) {
        Response.ResponseBuilder response = answered(answer.apply(own));
        own.deliver(response::header);
        return response.build();
    }

    private static Response.ResponseBuilder answered(Refusal refusal) {
        Response.ResponseBuilder response = Response.status(refusal.status());
        return refusal.body().isEmpty()
                ? response
                : response.type(Refusal.CONTENT_TYPE).entity(refusal.body());
    }

    /**
     * Adds the collected lines to a response, and also those that came with a response before it: that one has failed
     * while it was written, and was not sent.
     */
    void deliver(MultivaluedMap<String, Object> headers) {
        exchange.deliver((name, value) -> lines.add(Map.entry(name, value)));
        lines.stream()
                .filter(line -> !headers.getOrDefault(line.getKey(), List.of()).contains(line.getValue()))
                .forEach(line -> headers.add(line.getKey(), line.getValue()));
    }
}
