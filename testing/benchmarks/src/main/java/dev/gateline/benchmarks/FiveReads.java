package dev.gateline.benchmarks;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The memory accesses of a look-up, and nothing else: five reads in arrays as large as the tables for so many sessions.
 * Each value that is read is the place of the next read, so that each read waits for the one before. The places are
 * random, and the same ticket always leads to the same places, as it does in the tables.
 */
@State(Scope.Benchmark)
public class FiveReads {
    private static final int INT = Integer.BYTES;

    /** The bytes of one of the hash map's nodes: a header, a hash, and three references. */
    private static final int NODE = 32;

    /** The bytes of the object of a row: a header, the id, a time, and six references. */
    private static final int ROW = 64;

    /** The bytes of the array of a row: a header, a version, and the state of a login with three claims. */
    private static final int CONTENT = 248;

    private int[][] tables = {};

    /** For JMH. */
    public FiveReads() {}

    /** Fills the arrays. */
    @Setup
    public void fill(GrowthBenchmark growth) {
        int[] lengths = {
            // the table of the hash map: a reference of four bytes a place, at most three places of four in use
            Integer.highestOneBit(growth.live * 4 / 3) * 2,
            growth.live * (NODE / INT),
            growth.live * (ROW / INT),
            growth.live * (CONTENT / INT),
            // the tags of the revocations: four bytes a place, three fifths to three quarters of the places in use
            growth.live * 3 / 2
        };
        SplittableRandom random = new SplittableRandom(1);
        tables = new int[lengths.length][];
        for (int i = 0; i < lengths.length; i++) {
            int next = lengths[(i + 1) % lengths.length];
            tables[i] = random.ints(lengths[i], 0, next).toArray();
        }
    }

    /** Reads, beginning at the place that some random characters of a ticket choose. */
    int read(String ticket) {
        int hash = 0;
        for (int i = 3; i < 11; i++) {
            hash = 31 * hash + ticket.charAt(i);
        }
        int place = (int) ((Integer.toUnsignedLong(hash * 0x9e3779b9) * tables[0].length) >>> Integer.SIZE);
        for (int[] table : tables) {
            place = table[place];
        }
        return place;
    }
}
