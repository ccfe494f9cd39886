package io.berth.api;

import io.berth.core.caller.Role;
import io.berth.web.Json;
import io.berth.web.ProblemDocument;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI 3.1 document, drawn from the table that also serves the calls: it cannot say anything else.
/// Drawn at the first request.
final class OpenApi {
    private final String version;
    private final List<Route<?, ?>> routes;
    private final Map<String, Object> schemas = new TreeMap<>();
    private byte @Nullable [] json;

    OpenApi(String version, List<Route<?, ?>> routes) {
        this.version = version;
        this.routes = routes;
    }

    synchronized byte[] json() {
        if (json == null) {
            json = Json.write(document());
        }
        return json;
    }

    private Map<String, Object> document() {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Route<?, ?> route : routes) {
            paths.computeIfAbsent(NativeApi.ROOT + route.path(), _ -> new LinkedHashMap<>())
                    .put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
        }
        return object(
                "openapi",
                "3.1.0",
                "info",
                object("title", "Berth", "version", version),
                "paths",
                paths,
                "components",
                object(
                        "securitySchemes",
                        object("token", object("type", "http", "scheme", "bearer")),
                        "schemas",
                        schemas));
    }

    private Map<String, Object> operation(Route<?, ?> route) {
        Map<String, Object> operation = object(
                "operationId", operationId(route),
                "summary", route.summary(),
                "parameters", parameters(route));
        Role role = route.demand().role();
        if (role != null) {
            operation.put("security", List.of(Map.of("token", List.of())));
            operation.put("x-right", Words.of(role));
            operation.put("x-area", Words.of(route.demand().area()));
        }
        if (route.readsBody()) {
            operation.put("requestBody", object("content", content(Json.CONTENT_TYPE, route.input())));
        }
        Route.Upload upload = route.upload();
        if (upload != null) {
            operation.put(
                    "requestBody",
                    object(
                            "required",
                            true,
                            "content",
                            object(upload.contentType(), object("schema", schema(upload.of())))));
        }
        operation.put(
                "responses",
                object(
                        Integer.toString(route.status()),
                        answer(route),
                        "default",
                        object(
                                "description",
                                "refused",
                                "content",
                                content(ProblemDocument.CONTENT_TYPE, ProblemDocument.class))));
        return operation;
    }

    private Map<String, Object> answer(Route<?, ?> route) {
        if (route.output() == Route.Nothing.class) {
            return object("description", "done");
        }
        String contentType = route.streams() ? Json.LINES_CONTENT_TYPE : Json.CONTENT_TYPE;
        return object("description", "done", "content", content(contentType, route.output()));
    }

    /// `GET /products/{product}/topics` becomes `get_products_product_topics`.
    private static String operationId(Route<?, ?> route) {
        return route.method().name().toLowerCase(Locale.ROOT)
                + route.path().replaceAll("[{}]", "").replace('/', '_');
    }

    private List<Object> parameters(Route<?, ?> route) {
        List<Object> parameters = new ArrayList<>();
        route.parameters()
                .forEach(name -> parameters.add(
                        object("name", name, "in", "path", "required", true, "schema", schema(String.class))));
        if (!route.readsBody()) {
            for (Shape.Member member : Shape.of(route.input()).members()) {
                parameters.add(object(
                        "name", member.name(),
                        "in", "query",
                        "required", member.required(),
                        "schema", schema(member.genericType())));
            }
        }
        return parameters;
    }

    private Map<String, Object> content(String type, Class<?> record) {
        return object(type, object("schema", schema(record)));
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? object("type", "array", "items", schema(arguments[0]))
                    : object("type", "object", "additionalProperties", schema(arguments[1]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return reference(plain);
        }
        if (plain.isEnum()) {
            return object(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(plain.getEnumConstants())
                            .map(constant -> Words.of((Enum<?>) constant))
                            .toList());
        }
        if (JsonNode.class.isAssignableFrom(plain)) {
            return plain == ObjectNode.class ? object("type", "object") : object();
        }
        if (plain == Instant.class) {
            return object("type", "string", "format", "date-time");
        }
        if (plain == JsonNode.class) {
            return object("type", "object");
        }
        if (plain == String.class) {
            return object("type", "string");
        }
        if (plain == double.class || plain == Double.class) {
            return object("type", "number");
        }
        return plain == boolean.class || plain == Boolean.class
                ? object("type", "boolean")
                : object("type", "integer", "format", "int64");
    }

    private Map<String, Object> reference(Class<?> record) {
        if (!schemas.containsKey(record.getSimpleName())) {
            Map<String, Object> properties = new LinkedHashMap<>();
            Map<String, Object> schema = object("type", "object", "properties", properties);
            schemas.put(record.getSimpleName(), schema); // before its members: they may lead back here
            List<String> required = new ArrayList<>();
            for (Shape.Member member : Shape.of(record).members()) {
                properties.put(member.name(), schema(member.genericType()));
                if (member.required()) {
                    required.add(member.name());
                }
            }
            if (!required.isEmpty()) {
                schema.put("required", required);
            }
        }
        return object("$ref", "#/components/schemas/" + record.getSimpleName());
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
