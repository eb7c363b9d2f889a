package dev.gateline.internal;

import java.security.CodeSource;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The libraries of a module. The build of a host may bring them in versions that don't fit together. Stateless and
 * thread-safe.
 *
 * @param rule which versions fit, and how a host gets them; a whole sentence
 * @param classes a class of each library, by name
 */
public record Libraries(String rule, List<String> classes) {

    /**
     * Uses the libraries when a module starts, so that the start fails if versions don't fit, and not the first
     * request.
     *
     * @param use uses the libraries; it loads their classes when it is called, and not before
     * @throws IllegalStateException with the rule and the files that were found, if the versions don't fit
     */
    public <T> T start(Supplier<T> use) {
        try {
            return use.get();
        } catch (LinkageError | ServiceConfigurationError e) {
            throw new IllegalStateException(rule + " Found: " + found() + ". It fails with " + e, e);
        }
    }

    private String found() {
        return classes.stream().map(Libraries::file).collect(Collectors.joining(", "));
    }

    /** The last part of a path: the name of a jar has the version. */
    private static String file(String name) {
        try {
            CodeSource source = Class.forName(name, false, Libraries.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            String path = source == null ? "" : source.getLocation().getPath().replaceFirst("[!/]+$", "");
            return path.isEmpty() ? "a file unknown for " + name : path.substring(path.lastIndexOf('/') + 1);
        } catch (ClassNotFoundException | LinkageError e) {
            return "nothing for " + name;
        }
    }
}
