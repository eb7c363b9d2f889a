package dev.gateline.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateline.jwt.ClaimPlace.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimPlaceTest {
    private final Map<String, @Nullable Object> claims = new HashMap<>();

    private void move(ClaimPlace... places) {
        ClaimPlace.moveAll(List.of(places), "roles", claims);
    }

    private static ClaimPlace place(Form form, String... path) {
        return new ClaimPlace(List.of(path), form);
    }

    private static Map<String, @Nullable Object> object(String name, @Nullable Object value) {
        Map<String, @Nullable Object> object = new HashMap<>();
        object.put(name, value);
        return object;
    }

    @Test
    void moveAll_severalPlaces_areOneListWithoutRepetition() {
        claims.put("groups", List.of("staff", "riders"));
        claims.put("realm", object("roles", List.of("staff", "keeper")));

        move(place(Form.TEXTS, "groups"), place(Form.TEXTS, "realm", "roles"));

        assertThat(claims).containsOnly(Map.entry("roles", List.of("staff", "riders", "keeper")));
    }

    @Test
    void moveAll_objectThatHasMore_keepsTheRest() {
        Map<String, @Nullable Object> access = object("roles", List.of("keeper"));
        access.put("level", 3L);
        claims.put("access", object("park", access));

        move(place(Form.TEXTS, "access", "park", "roles"));

        assertThat(claims).containsEntry("access", object("park", object("level", 3L)));
        assertThat(claims).containsEntry("roles", List.of("keeper"));
    }

    @Test
    void moveAll_objectsThatBecomeEmpty_areRemoved() {
        claims.put("access", object("park", object("roles", List.of("keeper"))));

        move(place(Form.TEXTS, "access", "park", "roles"));

        assertThat(claims).containsOnlyKeys("roles");
    }

    @Test
    void moveAll_valuesOfAnotherKind_stayAndAreNoRoles() {
        Map<String, Object> others = Map.of(
                "number",
                7L,
                "mixed",
                List.of("a", 1L),
                "text",
                "keeper",
                "inner",
                object("roles", 7L),
                "none",
                List.of());
        claims.putAll(others);
        claims.put("roles", "admin");

        move(
                place(Form.TEXTS, "number"),
                place(Form.TEXTS, "mixed"),
                place(Form.TEXTS, "text", "roles"),
                place(Form.TEXTS, "inner", "roles"),
                place(Form.TEXTS, "missing", "roles"),
                place(Form.MEMBER_NAMES, "text"));

        assertThat(claims).isEqualTo(others);
    }

    @Test
    void moveAll_emptyList_isAnEmptyList() {
        claims.put("groups", List.of());

        move(place(Form.TEXTS, "groups"));

        assertThat(claims).containsOnly(Map.entry("roles", List.of()));
    }

    @Test
    void moveAll_oneText_isOneRoleOrWords() {
        claims.put("groups", "ride keeper");
        claims.put("scp", " read  write ");
        claims.put("grants", Map.of("gate", Map.of()));

        move(place(Form.TEXTS, "groups"), place(Form.WORDS, "scp"), place(Form.MEMBER_NAMES, "grants"));

        assertThat(claims).containsOnly(Map.entry("roles", List.of("ride keeper", "read", "write", "gate")));
    }
}
