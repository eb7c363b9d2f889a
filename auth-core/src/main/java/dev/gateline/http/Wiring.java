package dev.gateline.http;

import dev.gateline.internal.Rules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Checks the lanes and the origins of an {@link HttpAuth}. */
final class Wiring {
    private Wiring() {}

    static void checkLanes(List<WiredLane> lanes) {
        Rules.require(
                !lanes.isEmpty(), "a lane is needed: lane(carrier, authenticator), or readingLane(carrier, verifier)");
        Rules.require(
                lanes.stream().map(lane -> lane.carrier().lane()).distinct().count() == lanes.size(),
                "each carrier may have one lane only");
        Rules.require(
                lanes.size() == 1 || lanes.get(0).isAmbient(),
                "the lane of cookies comes first: a login takes the first lane that suits the client");
    }

    /**
     * Reads origins.
     *
     * @param secure the origins that the host named as usual
     * @param insecure the origins that the host named as insecure
     * @return all of them
     */
    static List<Origin> origins(List<WiredLane> lanes, Set<String> secure, Set<String> insecure) {
        List<Origin> usual = secure.stream()
                .map(text -> read(
                        text,
                        origin -> !origin.isPlainHttp() || origin.isLoopback(),
                        "https://host or https://host:port in lower case, or that of an app such as"
                                + " capacitor://localhost; http only"
                                + " for localhost and names below it"))
                .toList();
        List<Origin> plain = insecure.stream()
                .map(text -> read(text, Origin::isPlainHttp, "http://host or http://host:port in lower case"))
                .toList();
        Rules.require(
                !usual.isEmpty() || !plain.isEmpty() || lanes.stream().noneMatch(WiredLane::isAmbient),
                "cookies need origin(...), the origin of the host's own pages, such as https://park.example");
        checkLocal(lanes, usual);
        return Stream.concat(usual.stream(), plain.stream()).toList();
    }

    private static Origin read(String text, Predicate<Origin> allowed, String rule) {
        Optional<Origin> origin = Origin.parse(text).filter(allowed);
        return origin.orElseThrow(
                () -> new IllegalArgumentException("origin: as a browser sends it, " + rule + "; was " + text));
    }

    /** Refuses a setting for a developer's machine together with an origin of production. */
    private static void checkLocal(List<WiredLane> lanes, List<Origin> usual) {
        boolean local = lanes.stream()
                .anyMatch(lane -> lane.carrier() instanceof CookieCarrier cookies && cookies.isForLocalDevelopment());
        usual.stream()
                .filter(origin -> local && !origin.isLoopback())
                .findFirst()
                .ifPresent(origin -> Rules.require(
                        false,
                        "insecureCookieForLocalDevelopment() is for origins on this machine, was with "
                                + origin.text()));
    }
}
