package dev.gateline.spring;

import dev.gateline.LoginId;
import dev.gateline.LoginInfo;
import dev.gateline.Logins;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * The live logins of a user, for administrators: it lists them, ends one of them, or ends them all. It is off by
 * default, because it lets its callers log anybody out.
 */
@Endpoint(id = "logins", defaultAccess = Access.NONE)
public final class LoginsEndpoint {
    private final Logins logins;

    LoginsEndpoint(Logins logins) {
        this.logins = logins;
    }

    /**
     * Lists logins.
     *
     * @param subject whose logins
     */
    @ReadOperation
    public List<Entry> list(@Selector String subject) {
        return logins.of(subject).stream().map(Entry::of).toList();
    }

    /**
     * Ends all logins of a user.
     *
     * @param subject whose logins
     */
    @DeleteOperation
    public void endAll(@Selector String subject) {
        logins.endAll(subject);
    }

    /**
     * Ends one login of a user.
     *
     * @param subject whose login
     * @param id of the login
     * @return 404 if that user has no such login
     */
    @DeleteOperation
    public WebEndpointResponse<Void> end(@Selector String subject, @Selector String id) {
        boolean ended =
                LoginId.parse(id).filter(login -> logins.end(subject, login)).isPresent();
        return new WebEndpointResponse<>(
                ended ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
    }

    /**
     * A login, in words that every JSON library writes alike.
     *
     * @param id its handle
     * @param startedAt when it was started
     * @param lastSeenAt when it was last used
     * @param expiresAt when it ends unless it is used before
     * @param methods how the user proved who they are
     * @param client the label of the client
     */
    public record Entry(
            String id, Instant startedAt, Instant lastSeenAt, Instant expiresAt, List<String> methods, String client) {

        static Entry of(LoginInfo login) {
            return new Entry(
                    login.id().value(),
                    login.startedAt(),
                    login.lastSeenAt(),
                    login.expiresAt(),
                    login.methods(),
                    login.client());
        }
    }
}
