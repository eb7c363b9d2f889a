package dev.gateline.micronaut;

import dev.gateline.Rejection;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import java.util.Optional;

/** The filter of the guide. */
@ServerFilter("/files/**")
class MemberFiles implements Ordered {
    @RequestFilter
    @Nullable
    HttpResponse<?> filter(HttpRequest<?> request) {
        MicronautAuth auth = MicronautAuth.of(request);
        Optional<Rejection> reason = auth.outcome().rejection();
        return reason.isPresent() ? auth.refuse(reason.get()) : null;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }
}
