package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.audit.AuditedCalls.Task;
import io.berth.dialect.huawei.rest.Catalogue.Section;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/compat/huawei-rest.md` lists every route of the catalogue with the tests in which the vendor's SDK
/// calls it. Its list is made here: `-Dpages.write=true` writes it anew.
@SuppressWarnings("NullAway.Init") // made before each test
final class CompatibilityPageTest {
    private static final Path PAGE = Path.of("../docs/compat/huawei-rest.md");
    private static final String BEGIN = "<!-- the list: made by CompatibilityPageTest -->\n";
    private static final Path TESTS = Path.of("../compat/src/test/java/io/berth/compat");
    private static final Pattern CALL = Pattern.compile("\\bnew ([A-Z]\\w+)Request\\(");
    private static final Pattern METHOD = Pattern.compile("(?m)^    (private )?(?:static )?[\\w<>]+ (\\w+)\\(");

    @TempDir
    Path directory;

    private TestRest rest;
    private Catalogue catalogue;

    @BeforeEach
    void open() {
        rest = new TestRest(directory);
        catalogue = rest.catalogue();
    }

    @AfterEach
    void close() {
        rest.close();
    }

    @Test
    void the_page_lists_every_route_as_it_is() throws IOException {
        String page = Files.readString(PAGE);
        String wanted = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + list();
        if (Boolean.getBoolean("pages.write")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(wanted);
    }

    @Test
    void every_route_that_is_built_is_called_by_the_vendors_sdk() throws IOException {
        assertThat(proofs().keySet())
                .containsAll(operations()
                        .filter(Operation::isBuilt)
                        .map(Operation::name)
                        .toList());
    }

    @Test
    void the_catalogue_has_every_route_once() {
        assertThat(operations().map(Operation::name)).hasSize(130).doesNotHaveDuplicates();
        assertThat(operations().map(operation -> operation.method() + " " + operation.path()))
                .doesNotHaveDuplicates();
    }

    /// What the path, and the query beside a body, say has a member to go to.
    @Test
    void every_name_in_a_path_is_a_member_of_the_input() {
        operations().filter(Operation::isBuilt).forEach(operation -> {
            Set<String> members = Shape.of(operation.input()).members().stream()
                    .map(Shape.Member::name)
                    .collect(Collectors.toSet());
            assertThat(members).as(operation.name()).containsAll(operation.query());
            assertThat(members)
                    .as(operation.name())
                    .containsAll(operation.path().segments().stream()
                            .filter(segment -> segment.startsWith("{"))
                            .map(segment -> segment.substring(1, segment.length() - 1))
                            .toList());
        });
    }

    private Stream<Operation<?>> operations() {
        return catalogue.sections().stream().flatMap(section -> section.operations().stream());
    }

    private String list() throws IOException {
        Map<String, Set<String>> proofs = proofs();
        long built = operations().filter(Operation::isBuilt).count();
        StringBuilder list = new StringBuilder("\n" + built + " of 130 routes work.\n");
        for (Section section : catalogue.sections()) {
            list.append("\n## ")
                    .append(section.number())
                    .append(' ')
                    .append(section.title())
                    .append("\n\n");
            list.append("| operation | route | needs | state | tests |\n|---|---|---|---|---|\n");
            section.operations().forEach(operation -> list.append(row(operation, proofs)));
        }
        return list.toString();
    }

    private static String row(Operation<?> operation, Map<String, Set<String>> proofs) {
        String route = "| " + operation.name() + " | " + operation.method() + " `" + operation.path() + "` | ";
        if (!operation.isBuilt()) {
            return route + "| not built | |\n";
        }
        Task task = operation.task();
        return route
                + task.role().name().toLowerCase(Locale.ROOT) + ", "
                + task.area().name().toLowerCase(Locale.ROOT)
                + (task.changes() ? ", recorded" : "") + " | works | "
                + proofs.getOrDefault(operation.name(), Set.of()).stream()
                        .map(test -> "`" + test + "`")
                        .collect(Collectors.joining(", "))
                + " |\n";
    }

    /// By operation: `Class.method` of each test that makes its request, itself or by a method it calls.
    private static Map<String, Set<String>> proofs() throws IOException {
        Map<String, Set<String>> proofs = new TreeMap<>();
        try (Stream<Path> files = Files.list(TESTS)) {
            for (Path file : files.filter(path -> path.toString().matches(".*/Huawei\\w+Test.java"))
                    .toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                addProofs(name, Methods.of(Files.readString(file)), proofs);
            }
        }
        return proofs;
    }

    private static void addProofs(String file, Methods methods, Map<String, Set<String>> proofs) {
        methods.tests().forEach((test, body) -> {
            StringBuilder whole = new StringBuilder(body);
            methods.others().forEach((name, other) -> {
                if (body.contains(name + "(")) {
                    whole.append(other);
                }
            });
            CALL.matcher(whole)
                    .results()
                    .forEach(call -> proofs.computeIfAbsent(call.group(1), _ -> new TreeSet<>())
                            .add(file + "." + test));
        });
    }

    /// The bodies of a test class by the names of their methods.
    private record Methods(Map<String, String> tests, Map<String, String> others) {
        static Methods of(String text) {
            Methods methods = new Methods(new TreeMap<>(), new TreeMap<>());
            List<MatchResult> found = METHOD.matcher(text).results().toList();
            for (int i = 0; i < found.size(); i++) {
                int end = i + 1 < found.size() ? found.get(i + 1).start() : text.length();
                boolean isPrivate = found.get(i).group(1) != null;
                (isPrivate ? methods.others : methods.tests)
                        .put(found.get(i).group(2), text.substring(found.get(i).end(), end));
            }
            return methods;
        }
    }
}
