package dev.gateline.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which module may know which. Plain tests: ArchUnit's own engine does not run under every Surefire. */
@Tag("slow")
class ArchitectureTest {
    private static final String[] CORE = {
        "dev.gateline",
        "dev.gateline.http",
        "dev.gateline.store",
        "dev.gateline.engine",
        "dev.gateline.throttle",
        "dev.gateline.internal"
    };
    private static final String[] ENGINE_USERS = {
        "dev.gateline.engine", "dev.gateline.http", "dev.gateline.throttle", "dev.gateline.jwt", "dev.gateline.session"
    };
    private static final String[] LIBRARY = {
        "dev.gateline",
        "dev.gateline.http",
        "dev.gateline.store",
        "dev.gateline.engine",
        "dev.gateline.throttle",
        "dev.gateline.internal",
        "dev.gateline.jwt",
        "dev.gateline.session",
        "dev.gateline.near",
        "dev.gateline.jdbc",
        "dev.gateline.redis"
    };
    private static final String[] NOT_IN_SIGNATURES = {
        "io.jsonwebtoken", "com.github.benmanes", "com.fasterxml", "io.lettuce", "io.netty", "org.postgresql"
    };

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.gateline");

    /** A rule about classes that were not found would hold. */
    @Test
    void imported_everyPackage_isThere() {
        Map<String, Long> sizes =
                ALL.stream().collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(sizes.get("dev.gateline")).isGreaterThan(20);
        assertThat(sizes.get("dev.gateline.http")).isGreaterThan(8);
        assertThat(sizes.get("dev.gateline.store")).isGreaterThan(10);
        assertThat(sizes.get("dev.gateline.engine")).isGreaterThan(10);
        assertThat(sizes.get("dev.gateline.throttle")).isGreaterThan(3);
        assertThat(sizes.get("dev.gateline.internal")).isGreaterThan(3);
        assertThat(sizes.get("dev.gateline.jwt")).isGreaterThan(10);
        assertThat(sizes.get("dev.gateline.session")).isGreaterThan(1);
        assertThat(sizes.get("dev.gateline.near")).isGreaterThan(3);
        assertThat(sizes.get("dev.gateline.jdbc")).isGreaterThan(8);
        assertThat(sizes.get("dev.gateline.redis")).isGreaterThan(8);
        assertThat(sizes.get("dev.gateline.jdkhttp")).isGreaterThan(1);
        assertThat(sizes.get("dev.gateline.servlet")).isGreaterThan(3);
        assertThat(sizes.get("dev.gateline.jaxrs")).isGreaterThan(8);
        assertThat(sizes.get("dev.gateline.micrometer")).isGreaterThan(5);
        assertThat(sizes.get("dev.gateline.vertx")).isGreaterThan(2);
        assertThat(sizes.get("dev.gateline.grpc")).isGreaterThan(5);
        assertThat(sizes.get("dev.gateline.micronaut")).isGreaterThan(8);
        assertThat(sizes.get("dev.gateline.spring")).isGreaterThan(30);
        assertThat(sizes.get("dev.gateline.spring.test")).isGreaterThan(5);
        assertThat(sizes.get("dev.gateline.spring.security")).isGreaterThan(8);
        assertThat(sizes.get("dev.gateline.examples.parkgate")).isGreaterThan(8);
    }

    @Test
    void jjwt_outsideJwt_isUnknown() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("dev.gateline.jwt")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.jsonwebtoken..");
        rule.check(ALL);
        assertFails(noClasses().should().dependOnClassesThat().resideInAPackage("io.jsonwebtoken.."));
    }

    @Test
    void core_needs_theJdkAndJspecifyOnly() {
        onlyDependOn(CORE, "java..", "javax.crypto..", "org.jspecify..").check(ALL);
        assertFails(onlyDependOn(CORE, "java..", "org.jspecify.."));
    }

    @Test
    void strategies_ofEachOther_knowNothing() {
        independent("dev.gateline.session", "dev.gateline.jwt").check(ALL);
        independent("dev.gateline.jwt", "dev.gateline.session").check(ALL);
        assertFails(independent("dev.gateline.jwt", "dev.gateline.store"));
    }

    @Test
    void jdkHttp_needs_coreAndItsServerOnly() {
        String[] adapter = {"dev.gateline.jdkhttp"};
        String server = "com.sun.net.httpserver";
        onlyDependOn(adapter, "dev.gateline", "dev.gateline.http", server, "java..", "org.jspecify..")
                .check(ALL);
        assertFails(onlyDependOn(adapter, "dev.gateline", "dev.gateline.http", "java..", "org.jspecify.."));
    }

    @Test
    void servlet_needs_coreAndTheServletApiOnly() {
        String[] adapter = {"dev.gateline.servlet"};
        onlyDependOn(adapter, "dev.gateline", "dev.gateline.http", "jakarta.servlet..", "java..", "org.jspecify..")
                .check(ALL);
        assertFails(onlyDependOn(adapter, "dev.gateline", "dev.gateline.http", "java..", "org.jspecify.."));
    }

    @Test
    void jaxrs_needs_coreAndItsApisOnly() {
        String[] adapter = {"dev.gateline.jaxrs"};
        String[] apis = {"jakarta.ws.rs..", "jakarta.annotation..", "jakarta.servlet.http", "java..", "org.jspecify.."};
        extension("dev.gateline.jaxrs", apis, "dev.gateline", "dev.gateline.http")
                .check(ALL);
        assertFails(onlyDependOn(adapter, "dev.gateline", "dev.gateline.http", "java..", "org.jspecify.."));
    }

    @Test
    void vertx_needs_coreAndVertxOnly() {
        String[] apis = {"io.vertx..", "java..", "org.jspecify.."};
        extension("dev.gateline.vertx", apis, "dev.gateline", "dev.gateline.http")
                .check(ALL);
        assertFails(extension("dev.gateline.vertx", apis, "dev.gateline"));
    }

    @Test
    void grpc_needs_coreAndGrpcOnly() {
        String[] apis = {"io.grpc", "java..", "org.jspecify.."};
        extension("dev.gateline.grpc", apis, "dev.gateline", "dev.gateline.http")
                .check(ALL);
        assertFails(extension("dev.gateline.grpc", apis, "dev.gateline"));
    }

    @Test
    void micronaut_needs_coreAndMicronautOnly() {
        String[] apis = {"io.micronaut..", "jakarta.annotation..", "jakarta.inject", "java..", "org.jspecify.."};
        String[] core = {"dev.gateline", "dev.gateline.http"};
        String[] reactive = {"org.reactivestreams", "reactor.core.publisher"};
        extension("dev.gateline.micronaut", apis, both(core, reactive)).check(ALL);
        assertFails(extension("dev.gateline.micronaut", apis, core));
    }

    @Test
    void micrometer_needs_coreCopiesKeysAndMicrometerOnly() {
        String[] apis = {"io.micrometer..", "java..", "org.jspecify.."};
        String[] observed = {"dev.gateline", "dev.gateline.store", "dev.gateline.near", "dev.gateline.jwt"};
        extension("dev.gateline.micrometer", apis, observed).check(ALL);
        assertFails(extension("dev.gateline.micrometer", apis, "dev.gateline", "dev.gateline.store"));
        unknownOutside("dev.gateline.micrometer", "io.micrometer..", "dev.gateline.micrometer");
    }

    /** The starter wires all that it can name; tests and the bridge need less. */
    @Test
    void spring_needs_whatItWiresAndNobodyNeedsIt() {
        String[] apis = {"org.springframework..", "jakarta.servlet..", "java..", "org.jspecify.."};
        String[] door = {"dev.gateline", "dev.gateline.http", "dev.gateline.servlet", "dev.gateline.spring"};
        String[] wired = {
            "dev.gateline.store",
            "dev.gateline.throttle",
            "dev.gateline.session",
            "dev.gateline.jwt",
            "dev.gateline.near",
            "dev.gateline.jdbc",
            "dev.gateline.redis",
            "javax.sql",
            "javax.crypto..",
            "com.zaxxer.hikari"
        };
        extension("dev.gateline.spring", both(apis, door), wired).check(ALL);
        extension("dev.gateline.spring.test", apis, door).check(ALL);
        extension("dev.gateline.spring.security", apis, door).check(ALL);
        assertFails(extension("dev.gateline.spring", apis, door));
        unknownOutside("dev.gateline.spring..", "org.springframework..", "dev.gateline.spring..");
    }

    @Test
    void doors_ofOtherServers_areUsedByNobody() {
        String[] doors = {
            "dev.gateline.jdkhttp",
            "dev.gateline.jaxrs",
            "dev.gateline.vertx",
            "dev.gateline.grpc",
            "dev.gateline.micronaut"
        };
        for (String door : doors) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(door, "dev.gateline.examples..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(door)
                    .check(ALL);
        }
        independent("dev.gateline.servlet", "dev.gateline.spring..").check(ALL);
    }

    /** Nobody else depends on a door or its framework. */
    private static void unknownOutside(String door, String... packages) {
        noClasses()
                .that()
                .resideOutsideOfPackage(door)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .check(ALL);
        assertFails(noClasses().should().dependOnClassesThat().resideInAnyPackage(packages));
    }

    private static String[] both(String[] some, String[] others) {
        return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void extensions_need_coreAndTheirTechnologyOnly() {
        String[] core = {"dev.gateline", "dev.gateline.store", "dev.gateline.internal", "java..", "org.jspecify.."};
        extension("dev.gateline.near", core, "com.github.benmanes.caffeine..").check(ALL);
        extension("dev.gateline.jdbc", core, "javax.sql", "org.postgresql..").check(ALL);
        extension("dev.gateline.redis", core, "io.lettuce..").check(ALL);
        assertFails(extension("dev.gateline.redis", core, "javax.sql"));
    }

    @Test
    void packages_ofTheLibrary_formNoCycle() {
        slices().matching("(dev.gateline..)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void root_needs_helpersThatKnowNothing() {
        onlyDependOn(new String[] {"dev.gateline"}, "dev.gateline.internal", "java..", "org.jspecify..")
                .check(ALL);
        onlyDependOn(new String[] {"dev.gateline.internal"}, "java..", "javax.crypto..", "org.jspecify..")
                .check(ALL);
        onlyDependOn(
                        new String[] {"dev.gateline.store"},
                        "dev.gateline",
                        "dev.gateline.internal",
                        "java..",
                        "org.jspecify..")
                .check(ALL);
    }

    @Test
    void engine_isUsedBy_coreAndTheStrategiesOnly() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ENGINE_USERS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.gateline.engine");
        rule.check(ALL);
        assertFails(noClasses().should().dependOnClassesThat().resideInAPackage("dev.gateline.engine"));
    }

    private static ArchRule extension(String name, String[] core, String... technology) {
        return onlyDependOn(new String[] {name}, both(core, technology));
    }

    @Test
    void signatures_ofTheLibrary_showNobodyElsesTypes() {
        classes()
                .that()
                .resideInAnyPackage(LIBRARY)
                .should(notShow(NOT_IN_SIGNATURES))
                .check(ALL);
        assertFails(classes().that().resideInAnyPackage(LIBRARY).should(notShow("java.time")));
    }

    @Test
    void library_logs_byTheSystemLoggerOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(LIBRARY)
                .should(ACCESS_STANDARD_STREAMS)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(ALL);
        assertFails(noClasses().should(ACCESS_STANDARD_STREAMS));
    }

    private static void assertFails(ArchRule rule) {
        assertThatThrownBy(() -> rule.check(ALL)).isInstanceOf(AssertionError.class);
    }

    private static ArchRule independent(String one, String other) {
        return noClasses()
                .that()
                .resideInAPackage(one)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(other);
    }

    private static ArchRule onlyDependOn(String[] packages, String... others) {
        String[] allowed = both(packages, others);
        return classes()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }

    private static ArchCondition<JavaClass> notShow(String... hidden) {
        return new ArchCondition<>("not show types of " + String.join(", ", hidden)) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                shown(type)
                        .filter(seen -> Stream.of(hidden).anyMatch(seen.getPackageName()::startsWith))
                        .forEach(seen -> events.add(
                                SimpleConditionEvent.violated(type, type.getName() + " shows " + seen.getName())));
            }
        };
    }

    /** The types that users of a type see: its supertypes, and those in its public and protected members. */
    private static Stream<JavaClass> shown(JavaClass type) {
        if (!isVisible(type)) {
            return Stream.empty();
        }
        Stream<JavaType> supertypes = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<JavaType> members =
                type.getMembers().stream().filter(ArchitectureTest::isExposed).flatMap(ArchitectureTest::typesOf);
        return Stream.concat(supertypes, members)
                .map(JavaType::getAllInvolvedRawTypes)
                .flatMap(Collection::stream);
    }

    private static boolean isVisible(JavaClass type) {
        boolean exposed = isExposed(type.getModifiers());
        return exposed
                && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
    }

    private static boolean isExposed(JavaMember member) {
        return isExposed(member.getModifiers());
    }

    private static boolean isExposed(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit code = (JavaCodeUnit) member;
        Stream<JavaType> thrown = code.getExceptionTypes().stream().map(JavaType.class::cast);
        return Stream.of(Stream.of(code.getReturnType()), code.getParameterTypes().stream(), thrown)
                .flatMap(types -> types);
    }
}
