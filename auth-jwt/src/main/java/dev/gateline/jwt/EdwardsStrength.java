package dev.gateline.jwt;

import java.math.BigInteger;
import java.security.interfaces.EdECPublicKey;

/**
 * Says which points of edwards25519 and edwards448 are public keys for which only a private key can sign (RFC 8032
 * sections 5.1 and 5.2). For a point of small order anybody can make a signature of all messages, or of one message in
 * a few.
 */
final class EdwardsStrength {
    private static final BigInteger ONE = BigInteger.ONE;
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger P25519 = ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D25519 = BigInteger.valueOf(-121_665)
            .multiply(BigInteger.valueOf(121_666).modInverse(P25519))
            .mod(P25519);
    private static final BigInteger P448 =
            ONE.shiftLeft(448).subtract(ONE.shiftLeft(224)).subtract(ONE);
    private static final BigInteger D448 = BigInteger.valueOf(-39_081).mod(P448);

    private EdwardsStrength() {}

    /** Whether the key is a point of its curve, written in its only form, and of large order. */
    static boolean isStrong(EdECPublicKey key) {
        boolean is448 = key.getParams().getName().equals("Ed448");
        BigInteger p = is448 ? P448 : P25519;
        BigInteger y = key.getPoint().getY();
        if (y.signum() < 0 || y.compareTo(p) >= 0) {
            return false;
        }
        BigInteger square = y.multiply(y).mod(p);
        return is448
                ? !isOfOrder4(y, square) && isSquare(ONE.subtract(square), ONE.subtract(D448.multiply(square)), p)
                : !isOfOrder4(y, square)
                        && !isOfOrder8(square)
                        && isSquare(square.subtract(ONE), ONE.add(D25519.multiply(square)), p);
    }

    /** Whether a point is (0, 1), (0, -1) or has y = 0, on both curves. */
    private static boolean isOfOrder4(BigInteger y, BigInteger square) {
        return y.signum() == 0 || square.equals(ONE);
    }

    /** Whether twice a point has y = 0, so that x² = -y². In the equation of edwards25519 that is d·y⁴ + 2·y² = 1. */
    private static boolean isOfOrder8(BigInteger square) {
        BigInteger left = D25519.multiply(square).multiply(square).add(TWO.multiply(square));
        return left.mod(P25519).equals(ONE);
    }

    /** Whether a fraction is the square of some x. The fraction is never zero here, because then y² = 1. */
    private static boolean isSquare(BigInteger numerator, BigInteger denominator, BigInteger p) {
        BigInteger product = numerator.multiply(denominator).mod(p);
        return product.modPow(p.subtract(ONE).shiftRight(1), p).equals(ONE);
    }
}
