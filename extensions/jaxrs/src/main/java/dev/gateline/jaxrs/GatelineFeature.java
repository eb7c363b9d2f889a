package dev.gateline.jaxrs;

import dev.gateline.http.HttpAuth;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;

/**
 * Recognises the user of each request, and holds {@code @RolesAllowed}, {@code @PermitAll}, {@code @DenyAll} and
 * {@link RequireLogin}. Strangers get 401, and users who may not do it get 403. {@code SecurityContext} tells who the
 * user is, and {@link JaxrsAuth} has the rest. Register one with the application. Thread-safe.
 *
 * <pre>{@code
 * class Gate implements jakarta.ws.rs.core.Feature {
 *     public boolean configure(jakarta.ws.rs.core.FeatureContext context) {
 *         context.register(GatelineFeature.open(auth));
 *         return true;
 *     }
 * }
 * }</pre>
 */
public final class GatelineFeature implements Feature {

    /**
     * The name of a request property for the address of the client, a {@link String}, for events. In a servlet
     * container the feature finds the address itself. For another server a {@code @PreMatching} filter of the
     * application sets it.
     */
    public static final String REMOTE_ADDRESS = "dev.gateline.jaxrs.remoteAddress";

    private static final String SERVLET_REQUEST = "jakarta.servlet.http.HttpServletRequest";

    private final HttpAuth auth;
    private final boolean demandsLogin;

    private GatelineFeature(HttpAuth auth, boolean demandsLogin) {
        this.auth = auth;
        this.demandsLogin = demandsLogin;
    }

    /**
     * Methods without an annotation of access are open to everybody, as the specification says. Only requests that
     * another site made a browser send are refused.
     *
     * @param auth is adapted
     */
    public static GatelineFeature open(HttpAuth auth) {
        return new GatelineFeature(auth, false);
    }

    /**
     * Methods without an annotation of access demand a login; {@code @PermitAll} opens one. {@code OPTIONS} stays open,
     * because browsers send preflights without credentials.
     *
     * @param auth is adapted
     */
    public static GatelineFeature secured(HttpAuth auth) {
        return new GatelineFeature(auth, true);
    }

    @Override
    public boolean configure(FeatureContext context) {
        AccessRules rules = new AccessRules(demandsLogin);
        if (isServletApiThere()) {
            context.register(new ServletAddress());
        }
        context.register(new AuthenticationFilter(auth));
        context.register(new AccessFilter(rules));
        context.register(new AccessRulesCheck(rules));
        context.register(new UnavailableMapper(auth));
        context.register(new LoginRefusedMapper(auth));
        return true;
    }

    private static boolean isServletApiThere() {
        try {
            Class.forName(SERVLET_REQUEST, false, GatelineFeature.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
