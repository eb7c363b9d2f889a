package dev.gateline.applications;

import java.util.List;

/** An application with its settings, as it is measured. The first is the measure of all others. */
enum Contender {
    NOTHING("no login at all", Program.PLAIN),
    GATELINE_SESSION("Gateline's starter, sessions", Program.STARTER),
    GATELINE_JWT(
            "Gateline's starter, JWT",
            Program.STARTER,
            "--gateline.strategy=jwt",
            "--gateline.cookie.enabled=false",
            "--gateline.jwt.keys.algorithm=RS256"),
    GATELINE_SECURITY("Spring Security with Gateline, sessions", Program.SECURITY),
    SPRING_SESSION("Spring Security with Spring Session", Program.SPRING_DEFAULT),
    SPRING_SESSION_INDEXED("Spring Security with Spring Session, indexed", Program.SPRING_SESSION),
    RESOURCE_SERVER("Spring Security's resource server, JWT", Program.RESOURCE_SERVER),
    SA_TOKEN("Sa-Token", Program.SA_TOKEN);

    private final String title;
    private final Program program;
    // made by List.of
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> settings;

    Contender(String title, Program program, String... settings) {
        this.title = title;
        this.program = program;
        this.settings = List.of(settings);
    }

    String title() {
        return title;
    }

    Program program() {
        return program;
    }

    List<String> settings() {
        return settings;
    }

    /** Whether its users are known by a token in a header, which lives for minutes, and else by a cookie. */
    boolean hasTokens() {
        return this == GATELINE_JWT || this == RESOURCE_SERVER;
    }
}
