package dev.gateline.classpath;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The versions that hosts have: those of the frameworks' BOMs, and of each library the oldest, each line and the newest. */
final class Rows {
    private static final String[] JACKSON_MODULES = {
        "com.fasterxml.jackson.datatype:jackson-datatype-jsr310",
        "com.fasterxml.jackson.datatype:jackson-datatype-jdk8",
        "com.fasterxml.jackson.module:jackson-module-parameter-names"
    };
    private static final String JACKSON_3 = "tools.jackson.core:jackson-databind";
    private static final String[] JJWT = {
        "io.jsonwebtoken:jjwt-api", "io.jsonwebtoken:jjwt-impl", "io.jsonwebtoken:jjwt-jackson"
    };

    private Rows() {}

    static List<Row> all() {
        return Stream.of(springBoot(), jackson(), jackson3(), jjwt(), lettuce(), caffeine())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> springBoot() {
        List<Row> rows = new ArrayList<>(List.of(Row.named("nothing-but-ours")));
        for (String version : List.of("3.5.0", "3.5.16", "4.0.9", "4.1.2")) {
            String bom = "org.springframework.boot:spring-boot-dependencies:" + version;
            String[] beside = version.startsWith("3") ? JACKSON_MODULES : new String[] {JACKSON_3};
            rows.add(Row.named("boot-" + version + "-before").before(bom).beside(beside));
            rows.add(Row.named("boot-" + version + "-after").after(bom).beside(beside));
        }
        rows.add(Row.named("boot-3.5-parent").parent("org.springframework.boot:spring-boot-starter-parent:3.5.16"));
        rows.add(Row.named("boot-4.1-parent").parent("org.springframework.boot:spring-boot-starter-parent:4.1.2"));
        return rows;
    }

    private static List<Row> jackson() {
        return Stream.of("2.15.4", "2.16.2", "2.17.3", "2.18.12", "2.19.4", "2.20.2", "2.21.8", "2.23.0")
                .map(version -> Row.named("jackson-" + version)
                        .before("com.fasterxml.jackson:jackson-bom:" + version)
                        .beside(JACKSON_MODULES))
                .toList();
    }

    private static List<Row> jackson3() {
        return Stream.of("3.0.4", "3.1.8", "3.2.4", "3.3.0")
                .map(version -> Row.named("jackson-" + version)
                        .before("tools.jackson:jackson-bom:" + version)
                        .beside(JACKSON_3))
                .toList();
    }

    private static List<Row> jjwt() {
        return Stream.of("0.11.5", "0.12.0", "0.12.5", "0.12.6", "0.12.7", "0.13.0")
                .map(version -> Row.named("jjwt-" + version).pins(version, JJWT))
                .toList();
    }

    private static List<Row> lettuce() {
        List<Row> rows = new ArrayList<>();
        for (String version : List.of("6.2.7", "6.5.5", "6.6.0", "6.8.2", "7.0.3", "7.7.0")) {
            Row row = Row.named("lettuce-" + version).pins(version + ".RELEASE", "io.lettuce:lettuce-core");
            rows.add(row);
            rows.add(new Row(row.name() + "-netty-4.1", "", row.imports(), row.pins(), row.beside(), row.prints())
                    .before("io.netty:netty-bom:4.1.140.Final"));
            rows.add(new Row(row.name() + "-netty-4.2", "", row.imports(), row.pins(), row.beside(), row.prints())
                    .before("io.netty:netty-bom:4.2.20.Final"));
        }
        return rows;
    }

    private static List<Row> caffeine() {
        return Stream.of("2.9.3", "3.0.6", "3.1.8")
                .map(version -> Row.named("caffeine-" + version).pins(version, "com.github.ben-manes.caffeine:caffeine"))
                .toList();
    }
}
