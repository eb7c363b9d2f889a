package dev.gateline.internal;

/** Prepares text of others for a log or a list. */
public final class Shown {
    private Shown() {}

    /**
     * The text on one line: shortened, and with a question mark for each control character, invisible character and
     * separator of lines, and for half a surrogate pair.
     *
     * @param longest the greatest length, in UTF-16 code units
     */
    public static String text(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest);
        return cut.codePoints().allMatch(Shown::isClean)
                ? cut
                : cut.codePoints()
                        .map(c -> isClean(c) ? c : '?')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isClean(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
