package dev.gateline.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The inputs of a target, one a line in base64, in a file with the name of the target's class. */
public final class Corpus {
    private Corpus() {}

    /** Reads the inputs of a file. */
    public static List<byte[]> read(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
                .map(line -> Base64.getDecoder().decode(line))
                .toList();
    }

    /** Puts the inputs of a file into a folder, for a fuzzer ({@code unpack}), or back ({@code pack}). */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        Path folder = Path.of(arguments[2]);
        if (arguments[0].equals("unpack")) {
            unpack(file, folder);
        } else {
            pack(folder, file);
        }
    }

    private static void unpack(Path file, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<byte[]> inputs = read(file);
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(folder.resolve("input-" + HexFormat.of().toHexDigits((short) i)), inputs.get(i));
        }
    }

    private static void pack(Path folder, Path file) throws IOException {
        TreeSet<String> lines = new TreeSet<>();
        for (Path input : files(folder)) {
            lines.add(Base64.getEncoder().encodeToString(Files.readAllBytes(input)));
        }
        Files.write(file, lines, StandardCharsets.US_ASCII);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.toList());
        }
    }
}
