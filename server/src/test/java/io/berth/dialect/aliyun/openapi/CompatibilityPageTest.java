package io.berth.dialect.aliyun.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.audit.AuditedCalls.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/compat/aliyun-openapi.md` lists every action of the catalogue with the tests that prove it. Its list
/// is made here: `-Dpages.write=true` writes it anew.
@SuppressWarnings("NullAway.Init") // made before each test
final class CompatibilityPageTest {
    private static final Path PAGE = Path.of("../docs/compat/aliyun-openapi.md");
    private static final String BEGIN = "<!-- the list: made by CompatibilityPageTest -->\n";

    /// Where tests name an action: as a text in the server's own, as the class of a request in the SDKs'.
    private static final Map<Path, Pattern> TESTS = Map.of(
            Path.of("src/test/java/io/berth/dialect/aliyun/openapi"), Pattern.compile("\"([A-Z]\\w+)\""),
            Path.of("../compat/src/test/java/io/berth/compat"), Pattern.compile("\\bnew ([A-Z]\\w+)Request\\("));

    private static final Pattern METHOD = Pattern.compile("(?m)^    void (\\w+)\\(");

    @TempDir
    Path directory;

    @Test
    void the_page_lists_every_action_as_it_is() throws IOException {
        String page = Files.readString(PAGE);
        String head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String wanted = head + list();
        if (Boolean.getBoolean("pages.write")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
    }

    @Test
    void every_action_that_is_built_has_a_test() throws IOException {
        try (TestOpenApi api = new TestOpenApi(directory)) {
            Catalogue catalogue = api.gateway.catalogue();
            assertThat(catalogue.names()).hasSize(425);
            assertThat(proofs().keySet())
                    .containsAll(catalogue.names().stream()
                            .filter(name -> catalogue.find(name) != null)
                            .toList());
        }
    }

    private String list() throws IOException {
        try (TestOpenApi api = new TestOpenApi(directory)) {
            Catalogue catalogue = api.gateway.catalogue();
            Map<String, List<String>> proofs = proofs();
            StringBuilder list = new StringBuilder();
            List<Action<?>> built = catalogue.names().stream()
                    .<Action<?>>mapMulti((name, rows) -> {
                        Action<?> action = catalogue.find(name);
                        if (action != null) {
                            rows.accept(action);
                        }
                    })
                    .toList();
            list.append("\n## Works: ").append(built.size()).append(" of ");
            list.append(catalogue.names().size())
                    .append("\n\n| action | needs | parameters (`*` mandatory) | tests |\n");
            list.append("|---|---|---|---|\n");
            built.forEach(action -> list.append(row(action, proofs.getOrDefault(action.name(), List.of()))));
            list.append("\n## Known, and answered `").append(Codes.NOT_BUILT).append("`\n\n");
            list.append(catalogue.names().stream()
                    .filter(name -> catalogue.find(name) == null)
                    .map(name -> "`" + name + "`")
                    .collect(Collectors.joining(",\n")));
            return list.append("\n").toString();
        }
    }

    private static String row(Action<?> action, List<String> tests) {
        Task task = action.task();
        return "| `" + action.name() + "` | "
                + task.role().name().toLowerCase(Locale.ROOT) + ", "
                + task.area().name().toLowerCase(Locale.ROOT) + (task.changes() ? ", recorded" : "") + " | "
                + String.join(", ", Binding.of(action.request()).names()) + " | "
                + tests.stream().map(test -> "`" + test + "`").collect(Collectors.joining(", ")) + " |\n";
    }

    /// By action: `Class.method` of each test that names it.
    private static Map<String, List<String>> proofs() throws IOException {
        Map<String, Set<String>> proofs = new TreeMap<>();
        for (Map.Entry<Path, Pattern> tests : TESTS.entrySet()) {
            try (Stream<Path> files = Files.list(tests.getKey())) {
                for (Path file : files.filter(
                                path -> path.toString().matches(".*(Actions|Sdk|/(Acs|Tea)\\w+)Test.java"))
                        .toList()) {
                    addProofs(file, tests.getValue(), proofs);
                }
            }
        }
        return proofs.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> List.copyOf(each.getValue())));
    }

    private static void addProofs(Path file, Pattern named, Map<String, Set<String>> proofs) throws IOException {
        String name = file.getFileName().toString().replace(".java", "");
        String text = Files.readString(file);
        List<MatchResult> methods = METHOD.matcher(text).results().toList();
        for (int i = 0; i < methods.size(); i++) {
            int end = i + 1 < methods.size() ? methods.get(i + 1).start() : text.length();
            Matcher action = named.matcher(text).region(methods.get(i).end(), end);
            while (action.find()) {
                proofs.computeIfAbsent(action.group(1), _ -> new TreeSet<>())
                        .add(name + "." + methods.get(i).group(1));
            }
        }
    }
}
