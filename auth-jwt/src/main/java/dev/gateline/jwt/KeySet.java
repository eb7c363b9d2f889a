package dev.gateline.jwt;

import dev.gateline.internal.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keys that don't change: a few keys of the host, or a JWK Set (RFC 7517) that an issuer has handed over. A look-up is
 * in memory. Immutable, thread-safe.
 *
 * <p>A token that names no key is checked with the key of the set if there is only one. Only public keys for signatures
 * are read from a JWK Set. A key that can't be used is skipped and listed by {@link #passedOver}. An RSA key without
 * {@code alg} is used for RS256, and another key for the algorithm of its curve.
 */
public final class KeySet implements KeySource {
    /** The greatest number of values in a set, whose bytes are bounded as well. */
    private static final int MAX_VALUES = 100_000;

    private static final int LONGEST_SHOWN = 255;

    static final KeySet NONE = new KeySet(List.of(), List.of(), false);

    private final Map<String, Optional<VerificationKey>> byId = new HashMap<>();
    private final List<VerificationKey> keys;
    private final List<PassedOver> passedOver;

    /**
     * A key of a JWK Set that can't be used.
     *
     * @param keyId the {@code kid} of the key, at most 255 characters and no control character; empty if it has none
     * @param reason a sentence about "it"
     */
    public record PassedOver(String keyId, String reason) {}

    private KeySet(List<VerificationKey> keys, List<PassedOver> passedOver, boolean isOnlyOne) {
        this.keys = List.copyOf(keys);
        this.passedOver = List.copyOf(passedOver);
        keys.forEach(key -> byId.put(key.id(), Optional.of(key)));
        if (isOnlyOne) {
            byId.put("", Optional.of(keys.get(0)));
        }
    }

    /**
     * Creates a set of keys, each of which is found by its {@link VerificationKey#id}.
     *
     * @param keys at least one
     * @throws IllegalArgumentException if there is no key, or two keys have the same id
     */
    public static KeySet of(VerificationKey... keys) {
        Set<String> ids = new HashSet<>();
        for (VerificationKey key : keys) {
            if (!ids.add(key.id())) {
                throw new IllegalArgumentException(
                        "two keys have the id " + key.id() + "; give each a name of its own");
            }
        }
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("a set of keys needs at least one");
        }
        return new KeySet(Arrays.asList(keys), List.of(), keys.length == 1);
    }

    /**
     * Reads a JWK Set.
     *
     * @param jwks JSON
     * @throws IllegalArgumentException if it is no JWK Set, or has no key that can be used; the message has the reason
     *     for each key
     */
    public static KeySet parse(String jwks) {
        KeySet set = read(jwks.getBytes(StandardCharsets.UTF_8));
        if (set.keys.isEmpty()) {
            throw new IllegalArgumentException("the JWK Set has no key that can be used: " + set.passedOver);
        }
        return set;
    }

    /**
     * Reads a JWK Set from a file, once.
     *
     * @param file the file, JSON; other users may read it, because public keys are no secret
     * @throws IllegalArgumentException as for {@link #parse}
     * @throws UncheckedIOException if it can't be read
     */
    public static KeySet file(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a JWK Set from the class path, once.
     *
     * @param beside a class of the host's
     * @param name the name of the resource, as for {@link Class#getResourceAsStream}
     * @throws IllegalArgumentException as for {@link #parse}, and if there is no such resource
     */
    public static KeySet resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no resource " + name + " beside " + beside.getName());
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the set with a provider that checks the signatures of its keys. A key that the provider can't use is
     * skipped and listed by {@link #passedOver}. While the provider is away its keys stay, and a token that needs one
     * is an outage.
     *
     * @param provider default: the platform's first provider of each algorithm
     * @throws IllegalArgumentException if no key is left; the message has the reason for each key
     */
    public KeySet with(SignatureProvider provider) {
        KeySet usable = usableBy(provider);
        if (usable.keys.isEmpty()) {
            throw new IllegalArgumentException("no key can be used by the provider: " + usable.passedOver);
        }
        return usable;
    }

    /** The set with a provider, perhaps of no keys. */
    KeySet usableBy(SignatureProvider provider) {
        List<VerificationKey> usable = new ArrayList<>();
        List<PassedOver> others = new ArrayList<>(passedOver);
        for (VerificationKey key : keys) {
            take(() -> key.withOnceBack(provider), key.id(), usable, others);
        }
        return new KeySet(usable, others, byId.containsKey("") && !usable.isEmpty());
    }

    /**
     * Reads a set, perhaps of no keys.
     *
     * @param utf8 the bytes, of any content, not too many
     * @throws IllegalArgumentException if it is no JWK Set
     */
    static KeySet read(byte[] utf8) {
        JwtLibraries.check();
        Object jwks = StrictJson.read(utf8, MAX_VALUES)
                .map(set -> set.get("keys"))
                .orElseThrow(() -> new IllegalArgumentException("not a JSON object with \"keys\""));
        if (!(jwks instanceof List<?> list)) {
            throw new IllegalArgumentException("\"keys\" is not an array");
        }
        List<VerificationKey> keys = new ArrayList<>();
        List<PassedOver> passedOver = new ArrayList<>();
        for (Object entry : list) {
            if (entry instanceof Map<?, ?> members) {
                JwkReader jwk = new JwkReader(members);
                take(jwk::key, jwk.id(), keys, passedOver);
            } else {
                passedOver.add(new PassedOver("", "it is not a JSON object"));
            }
        }
        return unambiguous(keys, passedOver);
    }

    private static void take(
            Supplier<VerificationKey> key, String id, List<VerificationKey> keys, List<PassedOver> passedOver) {
        try {
            keys.add(key.get());
        } catch (IllegalArgumentException e) {
            passedOver.add(passedOver(id, String.valueOf(e.getMessage())));
        }
    }

    /**
     * A key that can't be used. The issuer's text is shortened and cleaned, so that it does not break a line of a log.
     */
    private static PassedOver passedOver(String id, String reason) {
        return new PassedOver(Shown.text(id, LONGEST_SHOWN), reason);
    }

    /** Leaves out the keys whose name several different keys have. The same key may occur twice. */
    private static KeySet unambiguous(List<VerificationKey> keys, List<PassedOver> passedOver) {
        Map<String, Set<VerificationKey>> byId = new LinkedHashMap<>();
        keys.forEach(
                key -> byId.computeIfAbsent(key.id(), id -> new HashSet<>()).add(key));
        List<VerificationKey> clear = new ArrayList<>();
        byId.forEach((id, named) -> {
            if (named.size() > 1) {
                passedOver.add(passedOver(id, "it has the kid of another key, or like another none"));
            } else if (id.isEmpty() && byId.size() > 1) {
                passedOver.add(passedOver(id, "it has no kid, and is not the only key"));
            } else {
                clear.addAll(named);
            }
        });
        return new KeySet(clear, passedOver, byId.size() == 1 && clear.size() == 1);
    }

    @Override
    public Optional<VerificationKey> find(String keyId) {
        return byId.getOrDefault(keyId, Optional.empty());
    }

    @Override
    public Optional<VerificationKey> findInMemory(String keyId) {
        return find(keyId);
    }

    /** All keys, in the order of the set. */
    public List<VerificationKey> keys() {
        return keys;
    }

    /** The keys of a JWK Set that can't be used, with the reasons. */
    public List<PassedOver> passedOver() {
        return passedOver;
    }

    @Override
    public String toString() {
        return "KeySet" + keys;
    }
}
