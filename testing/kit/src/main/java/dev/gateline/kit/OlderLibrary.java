package dev.gateline.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The class path of this JVM with an older version of a library, which lacks some classes. It is for tests of the error
 * that a host gets then. Not thread-safe.
 */
public final class OlderLibrary extends ClassLoader {
    private final Set<String> missing;

    private OlderLibrary(Set<String> missing) {
        super(OlderLibrary.class.getClassLoader());
        this.missing = missing;
    }

    /**
     * Loads a program and its classes anew, and runs the program.
     *
     * @param program a class with a constructor without parameters
     * @param missing the names of the missing classes
     * @return the result of the program
     */
    public static String runs(Class<? extends Supplier<String>> program, String... missing) {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try {
            OlderLibrary loader = new OlderLibrary(Set.of(missing));
            thread.setContextClassLoader(loader);
            Constructor<?> made = loader.loadClass(program.getName()).getDeclaredConstructor();
            made.setAccessible(true);
            Object loaded = made.newInstance();
            return (String) ((Supplier<?>) loaded).get();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(program + " can't be made", e);
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (missing.contains(name)) {
            throw new ClassNotFoundException(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            URL file = getResource(name.replace('.', '/') + ".class");
            if (known != null) {
                return known;
            }
            boolean isOfThePlatform = file == null || file.getProtocol().equals("jrt");
            return isOfThePlatform ? super.loadClass(name, resolve) : define(name, file);
        }
    }

    private Class<?> define(String name, URL file) {
        try (InputStream in = file.openStream()) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length, from(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds the same file as without this loader. */
    private ProtectionDomain from(String name) {
        try {
            Class<?> usual = Class.forName(name, false, getParent());
            return usual.getProtectionDomain();
        } catch (ClassNotFoundException | LinkageError e) {
            return new ProtectionDomain(new CodeSource(null, (Certificate[]) null), null);
        }
    }
}
