package dev.gateline.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gateline.Requirement;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {
    private static final AccessRule ANY_USER = AccessRule.users(Requirement.none(), List.of());

    private record Info(Class<?> getResourceClass, Method getResourceMethod) implements ResourceInfo {
        @Override
        public Class<?> getResourceClass() {
            return getResourceClass;
        }

        @Override
        public Method getResourceMethod() {
            return getResourceMethod;
        }
    }

    private static ResourceInfo info(Class<?> type, String name) {
        Method method = Stream.of(type.getMethods())
                .filter(each -> each.getName().equals(name) && !each.isBridge())
                .findFirst()
                .orElseThrow();
        return new Info(type, method);
    }

    private static Optional<AccessRule> stated(Class<?> type, String name) {
        return new AccessRules(false).stated(info(type, name));
    }

    private static AccessRule role(String role) {
        return AccessRule.users(Requirement.none(), List.of(role));
    }

    /** The rule that each annotation states. */
    public static class Each {
        public void bare() {}

        @RequireLogin
        @PermitAll
        public void both() {}

        @DenyAll
        @PermitAll
        public void denied() {}

        @RolesAllowed({})
        public void noRole() {}

        @RequireLogin(within = "5m", methods = "otp")
        @RolesAllowed("admin")
        public void stepUp() {}

        @RequireLogin(within = "soon")
        public void soon() {}

        @RequireLogin(within = "0s")
        public void zero() {}
    }

    @Test
    void stated_severalAnnotations_areTheStrictestOfThem() {
        assertThat(stated(Each.class, "bare")).isEmpty();
        assertThat(stated(Each.class, "both")).contains(ANY_USER);
        assertThat(stated(Each.class, "denied")).contains(AccessRule.NOBODY);
        assertThat(stated(Each.class, "noRole")).contains(AccessRule.NOBODY);
    }

    @Test
    void stated_requireLoginBesideRoles_isBoth() {
        AccessRule rule = stated(Each.class, "stepUp").orElseThrow();

        assertThat(rule.roles()).containsExactly("admin");
        assertThat(rule.requirement().orElseThrow().maxAge()).contains(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({"soon", "zero"})
    void stated_durationThatIsNone_isRefusedNamingThePlace(String method) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stated(Each.class, method))
                .withMessageContaining("within")
                .withMessageContaining(method);
    }

    /** A contract with a parameter to be filled in. */
    public interface Crud<T> {
        @RolesAllowed("writer")
        void put(T item);

        @DenyAll
        void delete(String id);
    }

    /** An implementation without annotations of its own. */
    @PermitAll
    public static class Items implements Crud<Integer> {
        @Override
        public void put(Integer item) {}

        @Override
        public void delete(String id) {}

        /** Has the name of another. */
        public void delete(Integer id) {}
    }

    /** As a container makes them. */
    public static class Proxy extends Each {
        @Override
        @SuppressWarnings("EmptyMethod")
        public void stepUp() {
            super.stepUp();
        }
    }

    @Test
    void stated_proxyWithoutAnnotations_isThatOfTheRealMethod() {
        assertThat(stated(Proxy.class, "stepUp").orElseThrow().roles()).containsExactly("admin");
    }

    /** Opens what it overrides without saying so at the method. */
    public static class Base {
        @PermitAll
        public void open() {}

        @DenyAll
        public void closed() {}

        public void bare() {}
    }

    /** Restricts. */
    @RolesAllowed("admin")
    public static class Restricted extends Base {
        @Override
        public void open() {}
    }

    @Test
    void stated_overriddenMethodInAClassWithARule_isTheRuleOfTheClass() {
        assertThat(stated(Restricted.class, "open")).contains(role("admin"));
    }

    @Test
    void stated_inheritedMethod_keepsItsOwnRuleOrTakesThatOfTheClass() {
        assertThat(stated(Restricted.class, "closed")).contains(AccessRule.NOBODY);
        assertThat(stated(Restricted.class, "bare")).contains(role("admin"));
    }

    /** Nothing but what the interface says. */
    public static class Bare implements Crud<Integer> {
        @Override
        public void put(Integer item) {}

        @Override
        public void delete(String id) {}
    }

    @Test
    void stated_onAnInterfaceWithAParameter_isFound() {
        assertThat(stated(Bare.class, "put")).contains(role("writer"));
        assertThat(stated(Bare.class, "delete")).contains(AccessRule.NOBODY);
        assertThat(stated(Items.class, "put")).contains(AccessRule.EVERYBODY);
    }

    @Test
    void of_methodWithoutAnnotation_isByDefault() {
        ResourceInfo bare = info(Each.class, "bare");

        assertThat(new AccessRules(false).of(bare, "GET")).isEqualTo(AccessRule.EVERYBODY);
        assertThat(new AccessRules(true).of(bare, "GET")).isEqualTo(ANY_USER);
        assertThat(new AccessRules(true).of(bare, "OPTIONS")).isEqualTo(AccessRule.EVERYBODY);
        assertThat(new AccessRules(true).of(info(Each.class, "denied"), "OPTIONS"))
                .isEqualTo(AccessRule.NOBODY);
    }

    /** A class that asks one question, and methods that ask the other. */
    @RolesAllowed("admin")
    public static class Roles {
        @RequireLogin(within = "5m")
        public void stepUp() {}

        @PermitAll
        public void open() {}

        @PermitAll
        @RequireLogin
        public void anyUser() {}
    }

    /** The rules in the other order. */
    @RequireLogin(methods = "otp")
    public static class Proof {
        @RolesAllowed("admin")
        public void role() {}

        @PermitAll
        public void open() {}
    }

    /** Nobody. */
    @DenyAll
    public static class Closed {
        @RequireLogin
        public void login() {}
    }

    @Test
    void stated_methodAndClassWithDifferentQuestions_isBoth() {
        AccessRule stepUp = stated(Roles.class, "stepUp").orElseThrow();
        AccessRule role = stated(Proof.class, "role").orElseThrow();

        assertThat(stepUp.roles()).containsExactly("admin");
        assertThat(stepUp.requirement().orElseThrow().maxAge()).contains(Duration.ofMinutes(5));
        assertThat(role.roles()).containsExactly("admin");
        assertThat(role.requirement()).isNotEmpty().isNotEqualTo(Optional.of(Requirement.none()));
        assertThat(stated(Closed.class, "login")).contains(AccessRule.NOBODY);
    }

    @Test
    void stated_permitAllAtTheMethod_opensWhatTheClassDemands() {
        assertThat(stated(Roles.class, "open")).contains(AccessRule.EVERYBODY);
        assertThat(stated(Proof.class, "open")).contains(AccessRule.EVERYBODY);
        assertThat(stated(Roles.class, "anyUser")).contains(ANY_USER);
    }

    /** A contract with an array to be filled in. */
    public interface Bulk<T> {
        @RolesAllowed("writer")
        void put(T[] items);
    }

    /** An implementation without annotations. */
    public static class Texts implements Bulk<String> {
        @Override
        public void put(String[] items) {}
    }

    @Test
    void stated_onAnInterfaceWithAnArrayOfItsParameter_isFound() {
        assertThat(stated(Texts.class, "put")).contains(role("writer"));
    }

    /** Leads to a sub-resource. */
    @RolesAllowed("admin")
    public static class Leads {
        @Path("users")
        public Each users() {
            return new Each();
        }
    }

    /** Says at the locator what can't be held. */
    public static class Misled {
        @Path("users")
        @RolesAllowed("admin")
        public Each users() {
            return new Each();
        }
    }

    @Test
    void above_classOfALocator_isItsRule() {
        assertThat(new AccessRules(false).above(Leads.class)).contains(role("admin"));
        assertThat(new AccessRules(false).above(Each.class)).isEmpty();
    }

    @Test
    void above_annotationAtALocator_isAnError() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new AccessRules(false).above(Misled.class))
                .withMessageContaining("users");
    }
}
