package dev.gateline.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Signals to a process and all that it has started. */
final class Processes {
    private Processes() {}

    static void signal(String name, ProcessHandle process) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        tree(process).forEach(one -> command.add(Long.toString(one.pid())));
        try {
            int unused = new ProcessBuilder(command).start().onExit().join().exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9}, and returns when they are gone. */
    static void kill(ProcessHandle process) {
        List<ProcessHandle> all = tree(process).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        Await.until("the killed processes are gone", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Of those that run now. */
    static Duration cpuTime(ProcessHandle process) {
        return tree(process).map(Processes::ownCpuTime).reduce(Duration.ZERO, Duration::plus);
    }

    /** Linux tells the nanoseconds of the first thread, which does nearly all the work of these servers. */
    private static Duration ownCpuTime(ProcessHandle process) {
        try {
            String told = Files.readString(Path.of("/proc/" + process.pid() + "/schedstat"));
            return Duration.ofNanos(Long.parseLong(told.split(" ", 2)[0]));
        } catch (IOException e) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO);
        }
    }

    private static Stream<ProcessHandle> tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }
}
