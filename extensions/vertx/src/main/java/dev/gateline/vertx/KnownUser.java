package dev.gateline.vertx;

import dev.gateline.Identity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.PermissionBasedAuthorization;
import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An identity as Vert.x wants it. */
final class KnownUser {
    private static final String PROVIDER = "gateline";

    private KnownUser() {}

    /** With its roles, and with the scopes as permissions. */
    static User of(Identity identity) {
        JsonObject principal =
                new JsonObject().put("sub", identity.subject()).put("amr", new JsonArray(identity.methods()));
        User user = User.create(principal);
        user.authorizations().put(PROVIDER, authorizations(identity));
        return user;
    }

    private static Set<Authorization> authorizations(Identity identity) {
        Stream<Authorization> roles = identity.roles().stream().map(RoleBasedAuthorization::create);
        Stream<Authorization> scopes = identity.scopes().stream().map(PermissionBasedAuthorization::create);
        return Stream.concat(roles, scopes).collect(Collectors.toUnmodifiableSet());
    }
}
