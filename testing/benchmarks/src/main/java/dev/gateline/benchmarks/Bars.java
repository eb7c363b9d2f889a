package dev.gateline.benchmarks;

import java.util.Locale;
import java.util.Map;

/** A plot of bars on a logarithmic scale, as SVG that is readable on light and dark pages. */
final class Bars {
    private static final int LEFT = 310;
    private static final int WIDTH = 820;
    private static final int LONGEST = WIDTH - LEFT - 90;
    private static final int LINE = 24;
    private static final int TOP = 40;

    private Bars() {}

    /**
     * Draws them.
     *
     * @param title above the plot
     * @param values above zero, by name, in the order in which they are drawn; ours begin with {@code Gateline}
     */
    static String svg(String title, Map<String, Double> values) {
        double least =
                values.values().stream().mapToDouble(Double::doubleValue).min().orElse(1) / 2;
        double most =
                values.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        int height = TOP + LINE * values.size() + 10;
        StringBuilder svg =
                new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" role=\"img\""
                        .formatted(WIDTH, height));
        svg.append(" font-family=\"sans-serif\" font-size=\"13\">\n<title>%s</title>\n".formatted(title));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        svg.append("<text x=\"10\" y=\"22\" font-weight=\"bold\">%s</text>\n".formatted(title));
        int y = TOP;
        for (Map.Entry<String, Double> value : values.entrySet()) {
            double share = Math.log(value.getValue() / least) / Math.log(most / least);
            long length = Math.max(2, Math.round(LONGEST * share));
            String colour = value.getKey().startsWith("Gateline") ? "#1769aa" : "#9aa5b1";
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
                    .formatted(LEFT - 8, y + 15, value.getKey()));
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
                    .formatted(LEFT, y + 3, length, LINE - 8, colour));
            svg.append("<text x=\"%d\" y=\"%d\">%s</text>\n"
                    .formatted(LEFT + length + 6, y + 15, short3(value.getValue())));
            y += LINE;
        }
        return svg.append("</svg>\n").toString();
    }

    /** Three digits, or all before the point. */
    static String short3(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
