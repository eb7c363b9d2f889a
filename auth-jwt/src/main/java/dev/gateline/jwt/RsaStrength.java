package dev.gateline.jwt;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;

/** Finds weaknesses of RSA keys that are long enough. */
final class RsaStrength {
    private static final BigInteger F4 = BigInteger.valueOf(65_537);
    private static final int[] PRIMES = {
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167
    };

    private RsaStrength() {}

    /** Whether modulus and exponent meet NIST SP 800-56B, and the key does not have the ROCA weakness. */
    static boolean isStrong(RSAPublicKey key) {
        BigInteger exponent = key.getPublicExponent();
        return key.getModulus().testBit(0)
                && exponent.testBit(0)
                && exponent.compareTo(F4) >= 0
                && exponent.bitLength() <= 256
                && !isRoca(key.getModulus());
    }

    /**
     * Whether a key has the ROCA weakness (CVE-2017-15361). The primes of such keys are powers of 65537 modulo many
     * small primes, and so is their product. By chance that holds for one modulus in a hundred million.
     */
    private static boolean isRoca(BigInteger modulus) {
        return Arrays.stream(PRIMES)
                .allMatch(prime ->
                        isPowerOfF4(modulus.mod(BigInteger.valueOf(prime)).intValue(), prime));
    }

    private static boolean isPowerOfF4(int residue, int prime) {
        int generator = 65_537 % prime;
        int power = 1;
        do {
            if (power == residue) {
                return true;
            }
            power = power * generator % prime;
        } while (power != 1);
        return false;
    }
}
