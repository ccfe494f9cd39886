package io.berth.core.product;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.TestClock;
import org.junit.jupiter.api.Test;

final class SpacesTest {
    private final TestClock clock = new TestClock();
    private final Spaces spaces = new Spaces(new MemoryRegistry().spaces(), clock);

    @Test
    void a_space_gets_an_id_of_32_hex_digits_and_keeps_it_under_another_name() {
        Space created = spaces.create("harbour");

        Space renamed = spaces.rename(created.id(), "port");

        assertThat(created.id()).matches("[0-9a-f]{32}");
        assertThat(created.isDefault()).isFalse();
        assertThat(spaces.get(created.id())).isEqualTo(renamed).isEqualTo(created.named("port"));
    }

    @Test
    void the_default_space_can_be_renamed_and_not_deleted() {
        spaces.rename(Space.DEFAULT_ID, "everything else");

        assertRefused(Problem.INVALID_ARGUMENT, () -> spaces.delete(Space.DEFAULT_ID));
        assertThat(spaces.all()).extracting(Space::name).containsExactly("everything else");
    }

    @Test
    void a_name_has_1_to_64_characters() {
        assertThat(spaces.create("名".repeat(64)).name()).hasSize(64);
        assertRefused(Problem.INVALID_ARGUMENT, () -> spaces.create("n".repeat(65)));
        assertRefused(Problem.INVALID_ARGUMENT, () -> spaces.create(" "));
    }

    @Test
    void what_does_not_exist_is_neither_renamed_nor_deleted() {
        assertRefused(Problem.SPACE_NOT_FOUND, () -> spaces.rename("1".repeat(32), "x"));
        assertRefused(Problem.SPACE_NOT_FOUND, () -> spaces.delete("1".repeat(32)));
    }
}
