package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/configuration.md` lists every key, with the default that holds, and no other; its examples can be used.
final class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");

    /// A row that begins with a key and its default, both in backquotes.
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9.-]+)` \\| `([^`]*)` \\|");

    private static final Pattern EXAMPLE = Pattern.compile("(?s)```hocon\\n(.*?)```");

    @Test
    void the_page_lists_the_keys_the_server_reads() throws IOException {
        assertThat(rows().keySet()).containsExactlyElementsOf(read(List.of()).known());
    }

    @Test
    void every_default_on_the_page_is_the_default() throws IOException {
        List<String> written = rows().entrySet().stream()
                .map(row -> row.getKey() + "=" + row.getValue())
                .filter(setting -> !setting.endsWith("=[]")) // --set carries texts and numbers, no lists
                .toList();

        assertThat(Config.read(read(written))).isEqualTo(Config.read(read(List.of())));
    }

    @Test
    void every_example_is_accepted() throws IOException {
        List<String> examples = EXAMPLE.matcher(Files.readString(PAGE))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(4);
        for (String example : examples) {
            Path file = Files.createTempFile("berth-", ".conf");
            Config.read(Settings.load(Optional.of(Files.writeString(file, example)), List.of()));
            Files.delete(file);
        }
    }

    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (MatchResult row : ROW.matcher(Files.readString(PAGE)).results().toList()) {
            assertThat(rows.put(row.group(1), row.group(2))).as(row.group(1)).isNull();
        }
        return rows;
    }

    private static Settings read(List<String> overrides) {
        Settings settings = Settings.load(Optional.empty(), overrides);
        Config.read(settings);
        return settings;
    }
}
