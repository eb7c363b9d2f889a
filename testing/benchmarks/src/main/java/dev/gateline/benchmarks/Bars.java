package dev.gateline.benchmarks;

import java.util.Locale;
import java.util.Map;

/** A plot of bars, as SVG that is readable on light and dark pages. */
final class Bars {
    private static final int LEFT = 310;
    private static final int WIDTH = 820;
    private static final int LONGEST = WIDTH - LEFT - 90;
    private static final int LINE = 24;
    private static final int TOP = 60;

    private final StringBuilder svg = new StringBuilder();
    private final boolean isLinear;
    private final double least;
    private final double most;

    private Bars(Map<String, Double> values, boolean isLinear) {
        this.isLinear = isLinear;
        double smallest =
                values.values().stream().mapToDouble(Double::doubleValue).min().orElse(1);
        least = isLinear ? 0 : Math.pow(10, Math.ceil(Math.log10(smallest)) - 1);
        most = values.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    }

    /** Bars whose lengths are the values. */
    static String linear(String title, Map<String, Double> values) {
        return new Bars(values, true).drawn(title, values);
    }

    /** Bars for values that are far apart, with a line at each power of ten. */
    static String logarithmic(String title, Map<String, Double> values) {
        return new Bars(values, false).drawn(title + ", logarithmic", values);
    }

    /** In the order of the values, by name; ours have {@code Gateline} in theirs. All are above zero. */
    private String drawn(String title, Map<String, Double> values) {
        int height = TOP + LINE * values.size() + 10;
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" role=\"img\""
                .formatted(WIDTH, height));
        svg.append(" font-family=\"sans-serif\" font-size=\"13\">\n<title>%s</title>\n".formatted(escaped(title)));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        svg.append("<text x=\"10\" y=\"22\" font-weight=\"bold\">%s</text>\n".formatted(escaped(title)));
        if (!isLinear) {
            for (double power = least; power <= most; power *= 10) {
                mark(power, height);
            }
        }
        int y = TOP;
        for (Map.Entry<String, Double> value : values.entrySet()) {
            bar(value.getKey(), value.getValue(), y);
            y += LINE;
        }
        return svg.append("</svg>\n").toString();
    }

    private void mark(double power, int height) {
        long x = LEFT + length(power);
        svg.append("<path d=\"M%d %dV%d\" stroke=\"#d0d5da\"/>\n".formatted(x, TOP - 2, height - 8));
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#6b7580\">%s</text>\n"
                .formatted(x, TOP - 8, power < 1 ? "" + (float) power : "%,.0f".formatted(power)));
    }

    private void bar(String name, double value, int y) {
        long length = length(value);
        String colour = name.contains("Gateline") ? "#1769aa" : "#9aa5b1";
        svg.append(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n".formatted(LEFT - 8, y + 15, escaped(name)));
        svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
                .formatted(LEFT, y + 3, length, LINE - 8, colour));
        svg.append("<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(LEFT + length + 6, y + 15, short3(value)));
    }

    private long length(double value) {
        double share = isLinear ? value / most : Math.log(value / least) / Math.log(most / least);
        return Math.round(LONGEST * share);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Three digits, or all before the point. */
    static String short3(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
