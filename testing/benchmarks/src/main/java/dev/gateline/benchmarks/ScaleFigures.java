package dev.gateline.benchmarks;

import dev.gateline.benchmarks.ScaleStore.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The figures of one run of {@link Scale}, by store. */
record ScaleFigures(Results results, Kind kind) {

    /** The numbers of readers, in order. */
    List<Integer> readers() {
        return numbers(FeedScale.NAME, "readers", Map.of());
    }

    /** The rates that were tried with so many readers, in order. */
    List<Integer> rates(int readers) {
        return numbers(FeedScale.NAME, "rate", Map.of("readers", "" + readers));
    }

    /** The highest rate that was carried; the lowest one that was tried if none was. */
    int carried(int readers) {
        List<Integer> rates = rates(readers);
        return rates.stream()
                .filter(rate -> feed(readers, rate, "carried") == 1)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(rates.get(0));
    }

    double feed(int readers, int rate, String what) {
        return figure(FeedScale.NAME, Map.of("readers", "" + readers, "rate", "" + rate, "what", what));
    }

    int loaded() {
        return numbers(LoadScale.NAME, "revocations", Map.of()).get(0);
    }

    double load(String what) {
        return figure(LoadScale.NAME, Map.of("what", what));
    }

    int herdNodes() {
        return numbers(HerdScale.NAME, "nodes", Map.of()).get(0);
    }

    int herdRevocations() {
        return numbers(HerdScale.NAME, "revocations", Map.of()).get(0);
    }

    double herd(String what) {
        return figure(HerdScale.NAME, Map.of("what", what));
    }

    /** The server's microseconds for a change, without what each reader costs. */
    double microsPerChange() {
        int few = readers().get(0);
        return Math.max(0, micros(few) - few * microsPerReader());
    }

    /** The server's microseconds for a change and a reader: by how much more readers cost more. */
    double microsPerReader() {
        List<Integer> readers = readers();
        int few = readers.get(0);
        int many = readers.get(readers.size() - 1);
        return Math.max(0, (micros(many) - micros(few)) / (many - few));
    }

    private double micros(int readers) {
        int rate = common();
        return 1e6 * feed(readers, rate, "cores") / feed(readers, rate, "changes");
    }

    /** The highest rate that was carried with any number of readers. */
    int common() {
        return readers().stream().mapToInt(this::carried).min().orElseThrow();
    }

    double bytes() {
        int many = readers().get(readers().size() - 1);
        return feed(many, common(), "bytes");
    }

    /** The server's microseconds for a revocation that one node of a herd reads again. */
    double microsPerReread() {
        return 1e6 * herd("cpu") / ((double) herdNodes() * herdRevocations());
    }

    /** The server's microseconds for the note of a use. */
    double note(int together, String what) {
        return figure(NotesScale.NAME, Map.of("together", "" + together, "what", what));
    }

    private double figure(String benchmark, Map<String, String> params) {
        return results.rows().stream()
                .filter(row -> row.is(benchmark) && row.param("store").equals(kind.title()))
                .filter(row -> row.params().entrySet().containsAll(params.entrySet()))
                .findFirst()
                .orElse(Row.NONE)
                .median();
    }

    private List<Integer> numbers(String benchmark, String name, Map<String, String> params) {
        TreeSet<Integer> numbers = new TreeSet<>();
        results.rows().stream()
                .filter(row -> row.is(benchmark) && row.param("store").equals(kind.title()))
                .filter(row -> row.params().entrySet().containsAll(params.entrySet()))
                .forEach(row -> numbers.add(Integer.valueOf(row.param(name))));
        return List.copyOf(numbers);
    }
}
