package dev.gateline.classpath;

import java.util.List;
import java.util.stream.Stream;

/**
 * The versions that hosts have: those of the frameworks' BOMs, and of each library the oldest, some lines and the
 * newest.
 */
final class Rows {
    private static final String[] JACKSON_MODULES = {
        "com.fasterxml.jackson.datatype:jackson-datatype-jsr310",
        "com.fasterxml.jackson.datatype:jackson-datatype-jdk8",
        "com.fasterxml.jackson.module:jackson-module-parameter-names"
    };
    private static final String JACKSON_3 = "tools.jackson.core:jackson-databind";
    private static final String JWT_RULE =
            "IllegalStateException: auth-jwt needs jjwt 0.12.6 or later, its three parts in one version, and"
                    + " Jackson 2.15 or later";

    private static final String REDIS_RULE =
            "IllegalStateException: auth-redis needs Lettuce 6.6 or later, and all parts of Netty";

    private Rows() {}

    static List<Row> all() {
        return Stream.of(springBoot(), jackson(), jackson3(), jjwt(), lettuce(), caffeine())
                .flatMap(rows -> rows)
                .toList();
    }

    private static Stream<Row> springBoot() {
        return Stream.of(
                Row.named("nothing-but-ours"),
                Row.named("on-the-module-path"),
                boot("3.5.0").before(bootBom("3.5.0")).beside(JACKSON_MODULES),
                boot("3.5.16-first").before(bootBom("3.5.16")).beside(JACKSON_MODULES),
                boot("3.5.16-last").after(bootBom("3.5.16")).beside(JACKSON_MODULES),
                boot("3.5.16-parent").parent("org.springframework.boot:spring-boot-starter-parent:3.5.16"),
                boot("4.0.9-first").before(bootBom("4.0.9")).beside(JACKSON_3),
                boot("4.0.9-last").after(bootBom("4.0.9")).beside(JACKSON_3),
                boot("4.1.2-first").before(bootBom("4.1.2")).beside(JACKSON_3),
                boot("4.1.2-last").after(bootBom("4.1.2")).beside(JACKSON_3),
                boot("4.1.2-parent").parent("org.springframework.boot:spring-boot-starter-parent:4.1.2"));
    }

    private static Row boot(String name) {
        return Row.named("boot-" + name);
    }

    private static String bootBom(String version) {
        return "org.springframework.boot:spring-boot-dependencies:" + version;
    }

    private static Stream<Row> jackson() {
        return Stream.of("2.15.4", "2.18.12", "2.20.2", "2.21.8", "2.23.0")
                .map(version -> Row.named("jackson-" + version)
                        .before("com.fasterxml.jackson:jackson-bom:" + version)
                        .beside(JACKSON_MODULES));
    }

    /**
     * Its BOM manages the annotations, which Jackson 2 shares with it: those of 3.0 are too old for Jackson 2.21 and
     * later.
     */
    private static Stream<Row> jackson3() {
        String jackson = "com.fasterxml.jackson:jackson-bom:2.22.4";
        return Stream.of(
                jackson3("3.0.4").isToldAtTheStart(JWT_RULE),
                new Row("jackson-3.0.4-behind-2", "", List.of(), List.of(), List.of(), Host.DONE)
                        .before("tools.jackson:jackson-bom:3.0.4")
                        .before(jackson)
                        .before(Row.OURS)
                        .beside(JACKSON_3),
                jackson3("3.1.8"),
                jackson3("3.3.0"));
    }

    private static Row jackson3(String version) {
        return Row.named("jackson-" + version)
                .before("tools.jackson:jackson-bom:" + version)
                .beside(JACKSON_3);
    }

    private static Stream<Row> jjwt() {
        return Stream.of(jjwt("0.11.5").isToldAtTheStart(JWT_RULE), jjwt("0.12.6"), jjwt("0.12.7"));
    }

    private static Row jjwt(String version) {
        return Row.named("jjwt-" + version)
                .pins(version, "io.jsonwebtoken:jjwt-api", "io.jsonwebtoken:jjwt-impl", "io.jsonwebtoken:jjwt-jackson");
    }

    private static Stream<Row> lettuce() {
        String netty41 = "io.netty:netty-bom:4.1.140.Final";
        String netty42 = "io.netty:netty-bom:4.2.20.Final";
        return Stream.of(
                lettuce("6.6.0", "-netty-4.1").before(netty41),
                lettuce("6.8.2", "-netty-4.2").before(netty42),
                lettuce("7.0.3", ""),
                lettuce("7.7.0", "-netty-4.1").before(netty41).isToldAtTheStart(REDIS_RULE),
                lettuce("7.7.0", "-netty-4.2").before(netty42));
    }

    private static Row lettuce(String version, String beside) {
        return Row.named("lettuce-" + version + beside).pins(version + ".RELEASE", "io.lettuce:lettuce-core");
    }

    private static Stream<Row> caffeine() {
        return Stream.of(Row.named("caffeine-3.0.6").pins("3.0.6", "com.github.ben-manes.caffeine:caffeine"));
    }
}
