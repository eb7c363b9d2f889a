package dev.gateline.jwt;

import java.math.BigInteger;
import java.security.Key;
import java.security.interfaces.ECKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The two forms of an ECDSA signature. In a JWS, r and s of fixed length stand side by side (RFC 7518 section 3.4). In
 * the JCA they are a sequence in DER (RFC 3279 section 2.2.3), a form that every provider has. Immutable.
 *
 * @param order the order of the curve's base point
 */
record EcdsaForm(BigInteger order) {

    /** The form for a key; empty if the key is not of an elliptic curve of ECDSA. */
    static Optional<EcdsaForm> of(Key key) {
        return key instanceof ECKey ec
                ? Optional.of(new EcdsaForm(ec.getParams().getOrder()))
                : Optional.empty();
    }

    /**
     * Whether r and s are from 1 to n - 1, which the verifier must check (FIPS 186-5 section 6.4.2). Some versions of
     * Java did not (CVE-2022-21449).
     *
     * @param jws a signature of the right length
     */
    boolean isInRange(byte[] jws) {
        return isInRange(r(jws)) && isInRange(s(jws));
    }

    private boolean isInRange(BigInteger number) {
        return number.signum() > 0 && number.compareTo(order) < 0;
    }

    private static BigInteger r(byte[] jws) {
        return new BigInteger(1, jws, 0, jws.length / 2);
    }

    private static BigInteger s(byte[] jws) {
        return new BigInteger(1, jws, jws.length / 2, jws.length / 2);
    }

    byte[] toDer(byte[] jws) {
        return Der.sequence(Der.integer(r(jws)), Der.integer(s(jws))).encoded();
    }

    /**
     * The form of a JWS.
     *
     * @param der a signature of the JCA
     * @throws IllegalArgumentException if it is no signature of this curve
     */
    byte[] ofDer(byte[] der) {
        List<BigInteger> numbers = Der.read(der).stream()
                .flatMap(sequence -> sequence.parts().stream())
                .map(Der::number)
                .toList();
        if (numbers.size() != 2 || !numbers.stream().allMatch(this::isInRange)) {
            throw new IllegalArgumentException("not an ECDSA signature of the key's curve");
        }
        int length = (order.bitLength() + 7) / Byte.SIZE;
        byte[] jws = new byte[2 * length];
        put(numbers.get(0), jws, length);
        put(numbers.get(1), jws, 2 * length);
        return jws;
    }

    /** Writes a number, which may have a zero byte before it, to the bytes before an index. */
    private static void put(BigInteger number, byte[] to, int end) {
        byte[] bytes = number.toByteArray();
        byte[] digits = bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        System.arraycopy(digits, 0, to, end - digits.length, digits.length);
    }
}
