package dev.gateline.micronaut;

import dev.gateline.http.AsyncHttpAuth;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.inject.MethodReference;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;

/** Keeps an application from starting whose annotations of access can't be understood, or would not be seen. */
@Singleton
@Requires(beans = AsyncHttpAuth.class)
final class DemandCheck implements ApplicationEventListener<StartupEvent> {
    private final Router router;

    DemandCheck(Router router) {
        this.router = router;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        router.uriRoutes().forEach(DemandCheck::check);
    }

    private static void check(UriRouteInfo<?, ?> route) {
        AnnotationMetadata annotations = route.getAnnotationMetadata();
        Demand.of(annotations);
        if (!Demand.isStated(annotations.getDeclaredMetadata())) {
            refuseHidden(route.getTargetMethod(), !Demand.isStated(annotations));
        }
    }

    private static void refuseHidden(MethodReference<?, ?> method, boolean ofClassesToo) {
        HiddenRules.find(method.getDeclaringType(), method.getMethodName(), method.getArguments().length, ofClassesToo)
                .ifPresent(above -> {
                    throw new IllegalArgumentException(
                            "the rule of access at " + above.getName() + " does not hold for "
                                    + method.getDeclaringType().getName() + '.' + method.getMethodName()
                                    + ": write @RolesAllowed, @DenyAll or @PermitAll at the controller's method");
                });
    }
}
