package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.BAD_LIMIT;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.BAD_OFFSET;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.MALFORMED;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.dialect.AppRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Reads the input record of an operation from the body, the query and the path; of the same name, what
/// stands in the path counts.
record InputReader(AppRequest request, Payload body) {
    <I extends Record> I read(Operation<I> operation, Map<String, String> path) {
        Shape shape = Shape.of(operation.input());
        ObjectNode json = operation.readsBody() ? bodyOf(operation) : RestJson.object();
        QueryText.parse(request.query()).values().forEach((name, values) -> {
            if (operation.readsQuery(name)) {
                shape.member(name).ifPresent(member -> json.set(name, only(name, values, member.type())));
            }
        });
        path.forEach(json::put);
        try {
            I input = RestJson.bind(json, operation.input());
            Shape.demandWhole(input, "");
            return input;
        } catch (JacksonException e) {
            throw refusal(operation, e);
        }
    }

    private ObjectNode bodyOf(Operation<?> operation) {
        if (!operation.readsForm()) {
            return bodyObject();
        }
        ObjectNode form = RestJson.object();
        String type = Objects.requireNonNullElse(request.header("Content-Type"), "");
        Multipart.files(type, body).forEach(form::putPOJO);
        return form;
    }

    /// A call without a body is one with an empty one.
    private ObjectNode bodyObject() {
        if (body.size() == 0) {
            return RestJson.object();
        }
        String type = Objects.requireNonNullElse(request.header("Content-Type"), RestJson.CONTENT_TYPE);
        if (!type.regionMatches(true, 0, RestJson.CONTENT_TYPE, 0, RestJson.CONTENT_TYPE.length())) {
            throw new RestException(MALFORMED, "the body is " + type + ", not " + RestJson.CONTENT_TYPE);
        }
        return RestJson.object(body);
    }

    /// What has not the form that its type wants stays a text, which its type then refuses.
    private static JsonNode only(String name, List<String> values, Class<?> type) {
        require(values.size() == 1, "\"" + name + "\" is given twice");
        String text = values.getFirst();
        if ((type == Integer.class || type == Long.class) && text.matches("-?[0-9]{1,18}")) {
            return LongNode.valueOf(Long.parseLong(text));
        }
        if (type == Boolean.class && (text.equals("true") || text.equals("false"))) {
            return BooleanNode.valueOf(text.equals("true"));
        }
        return StringNode.valueOf(text);
    }

    /// Members of paging have codes of their own (spec huawei-iotda 11).
    private static RuntimeException refusal(Operation<?> operation, JacksonException e) {
        String member = e.getPath().isEmpty()
                ? ""
                : Objects.requireNonNullElse(e.getPath().getLast().getPropertyName(), "");
        return switch (operation.readsQuery(member) ? member : "") {
            case "limit" -> new RestException(BAD_LIMIT, wrongType(e));
            case "offset" -> new RestException(BAD_OFFSET, wrongType(e));
            default -> new ProblemException(Problem.INVALID_ARGUMENT, wrongType(e), e);
        };
    }

    private static String wrongType(JacksonException e) {
        StringBuilder path = new StringBuilder();
        Class<?> holder = null;
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            if (name != null) {
                path.append(path.isEmpty() ? "" : ".").append(name);
                holder = step.from() instanceof Class<?> type ? type : holder;
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        String wanted = holder != null && holder.isRecord() && !e.getPath().isEmpty()
                ? Shape.of(holder)
                        .member(Objects.requireNonNullElse(e.getPath().getLast().getPropertyName(), ""))
                        .map(member -> " must be " + wanted(member.type()))
                        .orElse(" has a wrong type")
                : " has a wrong type";
        return "\"" + path + "\"" + wanted;
    }

    private static String wanted(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        if (type == List.class) {
            return "an array";
        }
        return type.isRecord() || type == Value.Fields.class ? "an object" : "a whole number";
    }
}
