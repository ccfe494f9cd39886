package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.api.ApiServer.Answer;
import io.berth.core.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// What holds for all routes at once, and the document that describes them.
@SuppressWarnings("NullAway.Init") // made before each test
final class TableTest {
    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_document_has_every_route_and_nothing_else() {
        JsonNode document = document();
        List<String> documented = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            path.getValue().properties().forEach(operation -> documented.add(operation.getKey() + " " + path.getKey()));
        }

        assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(server.api.routes().stream()
                        .map(route -> route.method().name().toLowerCase(Locale.ROOT) + " /api/v1" + route.path())
                        .toList());
    }

    @Test
    void every_operation_is_whole_and_every_reference_leads_somewhere() {
        JsonNode document = document();
        List<String> ids = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (JsonNode operation : path.getValue()) {
                ids.add(operation.get("operationId").asString());
                assertThat(operation.get("summary").asString()).isNotBlank();
                assertThat(operation.get("responses").properties()).hasSize(2);
                for (JsonNode parameter : operation.get("parameters")) {
                    boolean inPath = parameter.get("in").asString().equals("path");
                    assertThat(path.getKey()
                                    .contains("{" + parameter.get("name").asString() + "}"))
                            .isEqualTo(inPath);
                }
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(document.findValuesAsString("$ref")).isNotEmpty().allSatisfy(reference -> {
            String name = reference.substring("#/components/schemas/".length());
            assertThat(document.get("components").get("schemas").has(name)).isTrue();
        });
    }

    @Test
    void the_document_knows_what_is_required_and_which_words_are_allowed() {
        JsonNode product = document().get("components").get("schemas").get("NewProduct");

        assertThat(product.get("required")).hasToString("[\"name\"]");
        assertThat(product.get("properties").get("node").get("enum")).hasToString("[\"direct\",\"gateway\",\"sub\"]");
        assertThat(product.get("properties")
                        .get("dynamicRegistration")
                        .get("type")
                        .asString())
                .isEqualTo("boolean");
    }

    @Test
    void one_name_means_one_record() {
        List<Class<?>> records = new ArrayList<>();
        for (Route<?, ?> route : server.api.routes()) {
            records.add(route.input());
            records.add(route.output());
        }

        // query records share names: the document writes them out as parameters
        assertThat(server.api.routes().stream()
                        .flatMap(route -> route.readsBody()
                                ? java.util.stream.Stream.of(route.input(), route.output())
                                : java.util.stream.Stream.<Class<?>>of(route.output()))
                        .distinct()
                        .map(Class::getSimpleName))
                .doesNotHaveDuplicates();
        assertThat(records).isNotEmpty();
    }

    @Test
    void every_route_refuses_a_body_that_is_too_large() {
        String large = "{\"text\":\"" + "x".repeat(ApiServer.MAX_BODY) + "\"}";
        for (Route<?, ?> route : server.api.routes()) {
            if (route.readsBody()) {
                Answer answer = server.post(route.path().replaceAll("\\{[a-z]+}", "x"), large);
                assertThat(answer.status()).as(route.path()).isEqualTo(413);
                assertThat(answer.problem()).isEqualTo("BODY_TOO_LARGE");
            }
        }
    }

    @Test
    void every_route_refuses_a_member_or_parameter_it_does_not_know() {
        for (Route<?, ?> route : server.api.routes()) {
            String path = route.path().replaceAll("\\{[a-z]+}", "x");
            Answer answer = route.readsBody()
                    ? server.post(path, "{\"zzzzzzzz\":1}")
                    : server.call(route.method().name(), path + "?zzzzzzzz=1", null, server.localToken());
            assertThat(answer.status()).as("%s %s", route.method(), path).isEqualTo(400);
            assertThat(answer.at("detail").asString()).contains("zzzzzzzz");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, NO_SUCH_PATH",
        "GET, /products/a/b/c, 404, NO_SUCH_PATH",
        "DELETE, /products, 405, METHOD_NOT_ALLOWED",
        "PATCH, /products/x, 405, METHOD_NOT_ALLOWED"
    })
    void paths_and_methods_that_do_not_exist_are_told_apart(String method, String path, int status, String problem) {
        Answer answer = server.call(method, path, null, server.localToken());

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo(problem);
    }

    @ParameterizedTest
    @EnumSource
    void every_problem_has_a_status_of_an_error(Problem problem) {
        assertThat(Problems.status(problem)).isBetween(400, 599);
    }

    private JsonNode document() {
        Answer answer = server.call("GET", "/openapi.json", null, null);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }
}
