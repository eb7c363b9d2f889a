package dev.gateline.applications;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** An application: a package of this name with a class {@code Park}, and perhaps an {@code application.yaml}. */
enum Program {
    PLAIN("plain", "the pages without a login"),
    BY_HAND("byhand", "Gateline, wired by hand", Library.GATELINE),
    STARTER("starter", "Gateline's starter", Library.GATELINE, Library.STARTER),
    SECURITY(
            "security",
            "Spring Security with Gateline",
            Library.GATELINE,
            Library.STARTER,
            Library.BRIDGE,
            Library.SECURITY),
    SPRING_SESSION(
            "springsession",
            "Spring Security with Spring Session",
            Library.SECURITY,
            Library.SESSION,
            Library.DATA_REDIS),
    SA_TOKEN("satoken", "Sa-Token", Library.SA_TOKEN, Library.DATA_REDIS),
    PAC4J("pac4j", "pac4j with Spring Session", Library.PAC4J, Library.SESSION, Library.DATA_REDIS),
    SPRING_DEFAULT(
            "springdefault",
            "Spring Security with Spring Session, default settings",
            Library.SECURITY,
            Library.SESSION,
            Library.DATA_REDIS),
    RESOURCE_SERVER("resourceserver", "Spring Security's resource server", Library.SECURITY, Library.RESOURCE_SERVER);

    private final String folder;
    private final String title;
    // made by List.of
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Library> libraries;

    Program(String folder, String title, Library... libraries) {
        this.folder = folder;
        this.title = title;
        this.libraries = List.of(libraries);
    }

    String folder() {
        return folder;
    }

    String title() {
        return title;
    }

    String mainClass() {
        return "dev.gateline.applications." + folder + ".Park";
    }

    String classPath() {
        return Library.classPath(libraries);
    }

    /** Those that the walk compares: the others only have one page, to be measured. */
    static Set<Program> compared() {
        return EnumSet.range(BY_HAND, PAC4J);
    }

    /** Those whose lines are counted. */
    static Stream<Program> all() {
        return EnumSet.range(PLAIN, PAC4J).stream();
    }

    /** Where a user who is logged in proves the password again. */
    String stepUpPath() {
        return switch (this) {
            case STARTER, BY_HAND, SA_TOKEN -> "/step-up";
            default -> "/login";
        };
    }

    /** The features of the application, to which the walk of the tests holds it exactly. */
    Set<Feature> features() {
        Set<Feature> features = EnumSet.allOf(Feature.class);
        if (this == SA_TOKEN || this == PAC4J) {
            features.remove(Feature.GUARD);
        }
        return features;
    }
}
