package dev.gateline.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * The paths that need no login. Spring MVC routes by the path as it was sent, and other servlets by the path that the
 * container has decoded and normalized; only a path that is public in both readings is public. Immutable.
 */
final class PublicPaths {
    private final List<PathPattern> patterns;

    private PublicPaths(List<PathPattern> patterns) {
        this.patterns = patterns;
    }

    static PublicPaths of(List<String> patterns) {
        return new PublicPaths(patterns.stream().map(PublicPaths::pattern).toList());
    }

    private static PathPattern pattern(String text) {
        if (!text.startsWith("/")) {
            throw invalid(text, "it begins with no slash");
        }
        try {
            return PathPatternParser.defaultInstance.parse(text);
        } catch (PatternParseException e) {
            throw invalid(text, e.getMessage());
        }
    }

    private static InvalidSettingException invalid(String text, String why) {
        return Settings.missing(
                "gateline.public-paths",
                "'" + text + "' is no pattern of paths: " + why,
                "Write it as /login, /assets/** or /items/{id}.");
    }

    boolean contain(HttpServletRequest request) {
        return matches(asSent(request)) && matches(asRouted(request));
    }

    private boolean matches(PathContainer path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private static PathContainer asSent(HttpServletRequest request) {
        return RequestPath.parse(request.getRequestURI(), request.getContextPath())
                .pathWithinApplication();
    }

    /** Decoded by the container: a percent sign or a semicolon in it is a character of the path. */
    private static PathContainer asRouted(HttpServletRequest request) {
        String rest = request.getPathInfo();
        String path = rest == null ? request.getServletPath() : request.getServletPath() + rest;
        return PathContainer.parsePath(path.replace("%", "%25").replace(";", "%3B"));
    }
}
