package dev.gateline.jwt;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Has some signatures, which it hands on to the platform and counts; and can be pulled out, as hardware. */
final class RelayProvider extends Provider {
    private static final long serialVersionUID = 1L;

    private final transient AtomicInteger made = new AtomicInteger();
    private final transient AtomicInteger signed = new AtomicInteger();
    private final transient AtomicInteger checked = new AtomicInteger();
    private volatile boolean isAway;
    private transient volatile Runnable beforeMaking = () -> {};
    private volatile boolean losesBytes;
    private volatile boolean refusesKeys;
    private volatile RuntimeException failure = new ProviderException("pulled out");

    RelayProvider(String... algorithms) {
        super("Relay", "1", "what the platform has");
        for (String algorithm : algorithms) {
            putService(service(algorithm));
        }
    }

    private Service service(String algorithm) {
        return new Service(this, "Signature", algorithm, Relay.class.getName(), List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                made.incrementAndGet();
                beforeMaking.run();
                if (isAway) {
                    throw new NoSuchAlgorithmException("pulled out");
                }
                return new Relay(Signature.getInstance(algorithm));
            }
        };
    }

    void pullOut() {
        isAway = true;
    }

    /** Pulls it out so that it takes back its services, as a token of PKCS#11 does. */
    void pullOutWithItsServices() {
        isAway = true;
        List.copyOf(getServices()).forEach(this::removeService);
    }

    /** Puts it back with its services. */
    void putBackWithServices(String... algorithms) {
        putBack();
        List.of(algorithms).forEach(algorithm -> putService(service(algorithm)));
    }

    /** Refuses all keys from now on, as a provider that does not know their curve. */
    void refuseKeys() {
        refusesKeys = true;
    }

    /** Runs before each object is made. */
    void beforeMaking(Runnable action) {
        beforeMaking = action;
    }

    /** Pulls it out so that its objects throw an exception of their own kind. */
    void pullOut(RuntimeException thrown) {
        failure = thrown;
        isAway = true;
    }

    /** Pulls it out so that its objects take no more bytes. */
    void pullOutOfUpdates() {
        losesBytes = true;
    }

    void putBack() {
        isAway = false;
        losesBytes = false;
    }

    /** How many objects it has made. */
    int made() {
        return made.get();
    }

    int signed() {
        return signed.get();
    }

    int checked() {
        return checked.get();
    }

    private void count(AtomicInteger uses) {
        uses.incrementAndGet();
        if (isAway) {
            throw failure;
        }
    }

    /** One of the platform. */
    private final class Relay extends SignatureSpi {
        private final Signature signature;

        Relay(Signature signature) {
            this.signature = signature;
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            if (refusesKeys) {
                throw new InvalidKeyException("of no curve known here");
            }
            signature.initVerify(key);
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            signature.initSign(key);
        }

        @Override
        protected void engineUpdate(byte value) throws SignatureException {
            signature.update(value);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
            if (losesBytes) {
                throw new SignatureException("pulled out");
            }
            signature.update(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            count(signed);
            return signature.sign();
        }

        @Override
        protected boolean engineVerify(byte[] bytes) throws SignatureException {
            count(checked);
            return signature.verify(bytes);
        }

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
            signature.setParameter(spec);
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException(name);
        }
    }
}
