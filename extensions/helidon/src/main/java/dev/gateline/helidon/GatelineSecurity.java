package dev.gateline.helidon;

import dev.gateline.Identity;
import dev.gateline.Requirement;
import io.helidon.http.ForbiddenException;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;
import java.util.stream.Stream;

/** Answers Helidon's own handlers that ask for a login or a role. */
final class GatelineSecurity implements HttpSecurity {

    /** Whether the request may go on; otherwise it has been refused. */
    @Override
    public boolean authenticate(ServerRequest request, ServerResponse response, boolean required) {
        return !required || HelidonAuth.of(request).require(Requirement.none()).isPresent();
    }

    /** Without roles it only demands a login, as Helidon's own security does. */
    @Override
    public boolean authorize(ServerRequest request, ServerResponse response, String... roles) {
        Optional<Identity> user = HelidonAuth.of(request).require(Requirement.none());
        boolean hasOne = roles.length == 0
                || user.filter(it -> Stream.of(roles).anyMatch(it.roles()::contains))
                        .isPresent();
        if (user.isPresent() && !hasOne) {
            throw new ForbiddenException("the user has none of the roles of this path");
        }
        return user.isPresent();
    }
}
