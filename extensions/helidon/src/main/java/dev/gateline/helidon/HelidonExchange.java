package dev.gateline.helidon;

import dev.gateline.http.Exchange;
import dev.gateline.http.Issued;
import dev.gateline.http.Refusal;
import dev.gateline.http.ReturnPath;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** A request and its response, as {@link dev.gateline.http.HttpAuth} sees them. */
record HelidonExchange(ServerRequest request, ServerResponse response) implements Exchange {
    @Override
    public String method() {
        return request.prologue().method().text();
    }

    /** Decoded, as Helidon routes by it. */
    @Override
    public String path() {
        return request.prologue().uriPath().path();
    }

    @Override
    public String target() {
        HttpPrologue line = request.prologue();
        String query = line.query().rawValue();
        return query.isEmpty() ? line.uriPath().rawPath() : line.uriPath().rawPath() + '?' + query;
    }

    @Override
    public List<String> headers(String name) {
        return request.headers().all(HeaderNames.create(name), List::of);
    }

    @Override
    public String remoteAddress() {
        boolean resolved =
                request.remotePeer().address() instanceof InetSocketAddress internet && internet.getAddress() != null;
        return resolved
                ? ((InetSocketAddress) request.remotePeer().address())
                        .getAddress()
                        .getHostAddress()
                : "";
    }

    @Override
    public void addHeader(String name, String value) {
        response.headers().add(HeaderValues.create(name, value));
    }

    @Override
    public boolean isCommitted() {
        return response.isSent() || response.bytesWritten() > 0;
    }

    void answer(Object result) {
        Optional<String> page = ReturnPath.afterForm(this, result, "/");
        if (page.isPresent()) {
            response.status(303).header(HeaderNames.LOCATION, page.get()).send();
        } else if (result instanceof Issued issued) {
            response.header(HeaderNames.CONTENT_TYPE, "application/json").send(issued.body());
        } else {
            response.status(204).send();
        }
    }

    void send(Refusal refusal) {
        response.status(refusal.status());
        if (refusal.body().isEmpty()) {
            response.send();
        } else {
            response.headers().set(HeaderNames.CONTENT_TYPE, Refusal.CONTENT_TYPE);
            response.send(refusal.body());
        }
    }
}
