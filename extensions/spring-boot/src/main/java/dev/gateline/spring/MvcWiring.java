package dev.gateline.spring;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Puts Gateline's arguments and answers before those of Spring MVC, and reads every {@link RequireLogin} once, so that
 * one that can't be met is told at the start. Spring MVC's own come first otherwise: an identity would be any
 * principal's, or null, and an outcome would be written as JSON with its status 200.
 */
final class MvcWiring implements SmartInitializingSingleton {
    private final ObjectProvider<RequestMappingHandlerAdapter> adapters;
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private final Requirements requirements;

    MvcWiring(
            ObjectProvider<RequestMappingHandlerAdapter> adapters,
            ObjectProvider<RequestMappingHandlerMapping> mappings,
            Requirements requirements) {
        this.adapters = adapters;
        this.mappings = mappings;
        this.requirements = requirements;
    }

    @Override
    public void afterSingletonsInstantiated() {
        adapters.stream().forEach(MvcWiring::wire);
        mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                .forEach(requirements::of);
    }

    private static void wire(RequestMappingHandlerAdapter adapter) {
        adapter.setArgumentResolvers(before(new IdentityArguments(), adapter.getArgumentResolvers()));
        adapter.setReturnValueHandlers(before(new OutcomeAnswers(), adapter.getReturnValueHandlers()));
    }

    private static <T> List<T> before(T first, @Nullable List<? extends T> others) {
        List<T> all = new ArrayList<>();
        all.add(first);
        if (others != null) {
            all.addAll(others);
        }
        return all;
    }
}
