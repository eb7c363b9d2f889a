package dev.gateline.micronaut;

import dev.gateline.Identity;
import dev.gateline.Outcome;
import dev.gateline.Rejection;
import dev.gateline.Requirement;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Lets controllers have the {@link Identity} as an argument, which demands a login unless it is nullable. */
@Singleton
final class IdentityBinder implements TypedRequestArgumentBinder<Identity> {
    @Override
    public Argument<Identity> argumentType() {
        return Argument.of(Identity.class);
    }

    @Override
    public BindingResult<Identity> bind(ArgumentConversionContext<Identity> context, HttpRequest<?> request) {
        Outcome<Identity> outcome = MicronautAuth.of(request).outcome();
        Optional<Rejection> reason = outcome.rejection();
        if (reason.isPresent() && !context.getArgument().isNullable()) {
            throw new RefusedException(reason.get(), Requirement.none());
        }
        return outcome::toOptional;
    }
}
