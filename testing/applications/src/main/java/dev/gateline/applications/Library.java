package dev.gateline.applications;

import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A library that some applications have and others have not. All stand on the class path of this module, and Spring
 * Boot wires everything that it finds: so the class path of an application leaves out the libraries of the others.
 */
enum Library {
    GATELINE("auth-.*|near|jdbc|redis|servlet|jjwt-.*|caffeine-.*|jackson-(core|databind)-2.*"),
    STARTER("spring-boot"),
    BRIDGE("spring-security"),
    SECURITY("spring-(boot-|boot-starter-)?security-(?!.*(oauth2|nimbus)).*"),
    RESOURCE_SERVER("spring-(boot-|boot-starter-)?security-oauth2-.*|nimbus-.*"),
    SESSION("spring-(boot-|boot-starter-)?session-.*|spring-boot-starter-data-redis-.*"),
    DATA_REDIS("spring-(boot-)?data-.*|spring-boot-persistence-.*|spring-boot-transaction-.*|spring-(tx|oxm)-.*"),
    SA_TOKEN("sa-token-.*"),
    PAC4J("pac4j-.*|jakartaee-pac4j-.*|commons-(lang3|text)-.*|jackson-(core|databind|datatype-jsr310)-2.*"),
    /** The program that starts the applications, and its tests. */
    HARNESS("servers|embedded-redis-.*|jackson-(core|databind)-2.*|(junit|assertj|byte-buddy|opentest4j).*");

    private static final Pattern MODULE = Pattern.compile(".*/([^/]+)/target/(classes|[^/]+\\.jar)");

    private final Pattern names;

    Library(String names) {
        this.names = Pattern.compile(names);
    }

    /** The class path of an application: all that no library has, and that of its own ones. */
    static String classPath(List<Library> wanted) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .filter(entry -> {
                    Set<Library> owners = owners(name(entry));
                    return owners.isEmpty() || owners.stream().anyMatch(wanted::contains);
                })
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Set<Library> owners(String name) {
        return Stream.of(values())
                .filter(library -> library.names.matcher(name).matches())
                .collect(Collectors.toSet());
    }

    /** The folder of one of our modules, or the name of a file. */
    private static String name(String entry) {
        Matcher module = MODULE.matcher(entry);
        return module.matches() ? module.group(1) : entry.substring(entry.lastIndexOf('/') + 1);
    }
}
