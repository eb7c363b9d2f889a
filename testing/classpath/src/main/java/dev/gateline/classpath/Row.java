package dev.gateline.classpath;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind of host: what its pom says of versions, and what the program is to print there.
 *
 * @param name of letters, digits, dots and hyphens
 * @param parent group, artifact and version; empty for none
 * @param imports BOMs, in the order of the pom
 * @param pins versions that the pom manages by itself; they win over imports
 * @param beside what else is on the class path
 * @param prints in what the program prints
 */
record Row(String name, String parent, List<String> imports, List<String> pins, List<String> beside, String prints) {
    static final String OURS = "dev.gateline:gateline-bom:" + System.getProperty("gateline.version");

    /** A host with our BOM only. */
    static Row named(String name) {
        return new Row(name, "", List.of(OURS), List.of(), List.of(), Host.DONE);
    }

    Row parent(String gav) {
        return new Row(name, gav, imports, pins, beside, prints);
    }

    Row before(String bom) {
        return new Row(
                name, parent, Stream.concat(Stream.of(bom), imports.stream()).toList(), pins, beside, prints);
    }

    Row after(String bom) {
        return new Row(
                name, parent, Stream.concat(imports.stream(), Stream.of(bom)).toList(), pins, beside, prints);
    }

    Row pins(String version, String... artifacts) {
        List<String> all = new ArrayList<>(pins);
        Stream.of(artifacts).map(artifact -> artifact + ":" + version).forEach(all::add);
        return new Row(name, parent, imports, all, beside, prints);
    }

    /** By the name alone: nothing of a pom says so. */
    boolean isOnTheModulePath() {
        return name.endsWith("module-path");
    }

    /** Artifacts whose versions are managed. */
    Row beside(String... artifacts) {
        return new Row(name, parent, imports, pins, List.of(artifacts), prints);
    }

    Row isToldAtTheStart(String part) {
        return new Row(name, parent, imports, pins, beside, part);
    }

    String pom() {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  %s
                  <groupId>host</groupId>
                  <artifactId>%s</artifactId>
                  <version>1</version>
                  <dependencyManagement>
                    <dependencies>
                      %s
                      %s
                    </dependencies>
                  </dependencyManagement>
                  <dependencies>
                    %s
                  </dependencies>
                </project>
                """.formatted(
                        parent.isEmpty() ? "" : "<parent>" + coordinates(parent) + "<relativePath/></parent>",
                        name,
                        each(pins, "<dependency>", "</dependency>"),
                        each(imports, "<dependency>", "<type>pom</type><scope>import</scope></dependency>"),
                        each(
                                Stream.concat(
                                                Stream.of("jwt", "session", "near", "redis")
                                                        .map(module -> "dev.gateline:auth-" + module),
                                                beside.stream())
                                        .toList(),
                                "<dependency>",
                                "</dependency>"));
    }

    private static String each(List<String> all, String begin, String end) {
        return all.stream().map(gav -> begin + coordinates(gav) + end).collect(Collectors.joining("\n"));
    }

    private static String coordinates(String gav) {
        String[] parts = gav.split(":", -1);
        String version = parts.length > 2 ? "<version>" + parts[2] + "</version>" : "";
        return "<groupId>" + parts[0] + "</groupId><artifactId>" + parts[1] + "</artifactId>" + version;
    }
}
