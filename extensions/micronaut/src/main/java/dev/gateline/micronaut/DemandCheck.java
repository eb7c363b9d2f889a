package dev.gateline.micronaut;

import dev.gateline.http.AsyncHttpAuth;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.web.router.Router;
import jakarta.inject.Singleton;

/** Keeps an application from starting whose {@link RequireLogin} can't be understood. */
@Singleton
@Requires(beans = AsyncHttpAuth.class)
final class DemandCheck implements ApplicationEventListener<StartupEvent> {
    private final Router router;

    DemandCheck(Router router) {
        this.router = router;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        router.uriRoutes().forEach(route -> Demand.of(route.getAnnotationMetadata()));
    }
}
