package dev.gateline.micronaut;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.http.AsyncHttpAuth;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.RouteAttributes;
import java.util.Optional;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * Authenticates each request, and refuses those that another site made a browser send, and those that don't satisfy
 * what the controller demands. It is no {@code @ServerFilter}, because a refusal of such a filter passes no response
 * filter, and would lose its header lines. Thread-safe.
 */
@Filter(Filter.MATCH_ALL_PATTERN)
@Requires(beans = AsyncHttpAuth.class)
final class GatelineFilter implements HttpServerFilter {
    private final AsyncHttpAuth auth;

    GatelineFilter(AsyncHttpAuth auth) {
        this.auth = auth;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order();
    }

    @Override
    public Publisher<MutableHttpResponse<?>> doFilter(HttpRequest<?> request, ServerFilterChain chain) {
        MicronautAuth door = MicronautAuth.begin(auth, request);
        Demand demand = Demand.of(request);
        return Mono.fromCompletionStage(() -> door.admit(demand))
                .flatMap(who -> permits(demand, who) ? Mono.from(chain.proceed(request)) : Mono.just(forbidden()))
                .<MutableHttpResponse<?>>map(response -> unlessRefused(door, response))
                .onErrorResume(MicronautAuth::isOurs, failure -> Mono.just(door.answerOurs(failure)))
                .doOnNext(door::deliver);
    }

    /** An error handler of the application for all exceptions comes before Gateline's, and knows no refusal. */
    private static MutableHttpResponse<?> unlessRefused(MicronautAuth door, MutableHttpResponse<?> response) {
        Optional<Throwable> refused = RouteAttributes.getException(response).filter(RefusedException.class::isInstance);
        return refused.isPresent() ? door.answerOurs(refused.get()) : response;
    }

    private static boolean permits(Demand demand, Outcome<Identity> who) {
        return who.toOptional().map(demand::permits).orElse(true);
    }

    private static MutableHttpResponse<?> forbidden() {
        return HttpResponse.status(HttpStatus.FORBIDDEN);
    }
}
