package dev.gateline.micronaut;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Lets controllers have a {@link MicronautAuth} as an argument. */
@Singleton
final class DoorBinder implements TypedRequestArgumentBinder<MicronautAuth> {
    @Override
    public Argument<MicronautAuth> argumentType() {
        return Argument.of(MicronautAuth.class);
    }

    @Override
    public BindingResult<MicronautAuth> bind(ArgumentConversionContext<MicronautAuth> context, HttpRequest<?> request) {
        MicronautAuth door = MicronautAuth.of(request);
        return () -> Optional.of(door);
    }
}
