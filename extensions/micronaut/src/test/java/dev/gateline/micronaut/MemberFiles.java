package dev.gateline.micronaut;

import dev.gateline.Rejection;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.RouteAttributes;
import java.util.Optional;
import java.util.Set;

/** The filter of the guide. */
@ServerFilter(Filter.MATCH_ALL_PATTERN)
class MemberFiles implements Ordered {
    private static final Set<String> FOR_ALL = Set.of("/style.css", "/favicon.ico");

    @RequestFilter
    @Nullable
    HttpResponse<?> filter(HttpRequest<?> request) {
        boolean isController = RouteAttributes.getRouteMatch(request).isPresent();
        if (isController || FOR_ALL.contains(request.getPath())) {
            return null;
        }
        MicronautAuth auth = MicronautAuth.of(request);
        Optional<Rejection> reason = auth.outcome().rejection();
        return reason.isPresent() ? auth.refuse(reason.get()) : null;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }
}
