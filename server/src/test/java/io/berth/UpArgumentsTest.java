package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UpArgumentsTest {
    private static final Path DEFAULT = Path.of("/srv/berth");

    @Test
    void without_options_the_default_directory_and_no_settings() {
        assertThat(parse("up")).isEqualTo(new UpArguments(DEFAULT, java.util.Optional.empty(), List.of(), false));
    }

    @Test
    void options_stand_before_or_after_the_word_up_and_with_or_without_equals() {
        UpArguments arguments =
                parse("--data", "/tmp/x", "up", "--set=mqtt.a=b=c", "--set", "d=1", "--config=f.conf", "--ephemeral");

        assertThat(arguments.data()).isEqualTo(Path.of("/tmp/x"));
        assertThat(arguments.settings()).containsExactly("mqtt.a=b=c", "d=1");
        assertThat(arguments.config()).contains(Path.of("f.conf"));
        assertThat(arguments.ephemeral()).isTrue();
    }

    @Test
    void an_unknown_or_unfinished_option_is_a_usage_error() {
        assertThatThrownBy(() -> parse("up", "--dta", "x"))
                .isInstanceOf(UpArguments.UsageException.class)
                .hasMessageStartingWith("unknown argument --dta");
        assertThatThrownBy(() -> parse("up", "--data")).hasMessageStartingWith("--data needs a value");
    }

    @Test
    void the_command_is_the_first_word_that_is_no_option() {
        assertThat(UpArguments.command(List.of("--data", "up", "publish", "p", "d", "t", "--text", "up")))
                .isEqualTo("publish");
        assertThat(UpArguments.command(List.of("--set=a=b", "--ephemeral", "up")))
                .isEqualTo("up");
        assertThat(UpArguments.command(List.of("--help"))).isEmpty();
    }

    private static UpArguments parse(String... words) {
        return UpArguments.parse(List.of(words), DEFAULT);
    }
}
