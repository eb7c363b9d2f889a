package dev.gateline.jwt;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.MacSpi;

/** Has the MAC of HS256, which it hands on to the platform; and can be pulled out, with its service. */
final class MacProvider extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String HS256 = "HmacSHA256";

    MacProvider() {
        super("Macs", "1", "what the platform has");
        putBack();
    }

    void pullOut() {
        removeService(getService("Mac", HS256));
    }

    void putBack() {
        putService(new Service(this, "Mac", HS256, Relay.class.getName(), List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                return new Relay(Mac.getInstance(HS256));
            }
        });
    }

    /** One of the platform. */
    private static final class Relay extends MacSpi {
        private final Mac mac;

        Relay(Mac mac) {
            this.mac = mac;
        }

        @Override
        protected int engineGetMacLength() {
            return mac.getMacLength();
        }

        @Override
        protected void engineInit(Key key, AlgorithmParameterSpec params)
                throws InvalidKeyException, InvalidAlgorithmParameterException {
            mac.init(key, params);
        }

        @Override
        protected void engineUpdate(byte input) {
            mac.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            mac.update(input, offset, length);
        }

        @Override
        protected byte[] engineDoFinal() {
            return mac.doFinal();
        }

        @Override
        protected void engineReset() {
            mac.reset();
        }
    }
}
