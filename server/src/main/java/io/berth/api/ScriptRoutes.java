package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.product.Script;
import io.berth.core.product.ScriptBench;
import io.berth.core.product.ScriptBench.Standing;
import io.berth.core.product.ScriptBench.Trial;
import io.berth.core.product.ScriptSources;
import io.berth.core.product.Scripts.Fault;
import io.berth.core.product.Scripts.Function;
import io.berth.core.product.Scripts.Result;
import io.berth.json.ValueJson;
import io.berth.web.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The scripts of products, and a bench to try them on.
public final class ScriptRoutes implements NativeApi.Group {
    private final ScriptSources scripts;

    public ScriptRoutes(ScriptSources scripts) {
        this.scripts = scripts;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String one = "/products/{product}/script";
        return List.of(
                Route.get(
                        one,
                        Demand.read(Area.MODELS),
                        "Shows the script of a product",
                        Nothing.class,
                        Shown.class,
                        this::show),
                Route.post(
                        one,
                        Demand.operate(Area.MODELS),
                        "Gives a product its script, or another",
                        NewScript.class,
                        Shown.class,
                        this::put),
                Route.delete(
                        one,
                        Demand.operate(Area.MODELS),
                        "Deletes the script of a product",
                        Nothing.class,
                        this::delete),
                Route.post(
                                one + "/try",
                                Demand.operate(Area.MODELS),
                                "Calls the script of a product with a sample",
                                Sample.class,
                                Tried.class,
                                call -> run(scripts.get(call.path("product")).source(), call.input()))
                        .unaudited(),
                Route.post(
                                "/scripts/try",
                                Demand.operate(Area.MODELS).withinSpaces(),
                                "Calls a script that need not be stored with a sample",
                                SampleOfSource.class,
                                Tried.class,
                                call -> run(call.input().source(), call.input().sample()))
                        .unaudited());
    }

    public record NewScript(String source) {}

    /// @param stopped how often it was stopped since the server started, or the script changed
    /// @param restsUntil while messages are refused because it was
    public record Shown(
            String product,
            String source,
            Instant changed,
            long stopped,
            @Nullable Instant restsUntil) {}

    /// @param function as a script spells it: `rawDataToProtocol`, `protocolToRawData` or `transformPayload`
    /// @param hex the bytes it is given, or `base64`
    /// @param topic for `transformPayload`
    /// @param message the object for `protocolToRawData`
    public record Sample(
            String function,
            @Nullable String hex,
            @Nullable String base64,
            @Nullable String topic,
            @Nullable JsonNode message) {}

    /// The same, with the source.
    public record SampleOfSource(
            String source,
            String function,
            @Nullable String hex,
            @Nullable String base64,
            @Nullable String topic,
            @Nullable JsonNode message) {
        private Sample sample() {
            return new Sample(function, hex, base64, topic, message);
        }
    }

    /// A `message`, or bytes as `hex`, or a `fault`.
    ///
    /// @param line of the source that is to blame
    /// @param millis processor time it took
    public record Tried(
            @Nullable JsonNode message,
            @Nullable String hex,
            @Nullable Fault fault,
            @Nullable String detail,
            @Nullable Integer line,
            long millis) {}

    private Shown show(Call<Nothing> call) {
        return shown(scripts.get(call.path("product")));
    }

    private Shown put(Call<NewScript> call) {
        return shown(scripts.put(call.path("product"), call.input().source()));
    }

    private void delete(Call<Nothing> call) {
        scripts.delete(call.path("product"));
    }

    private Shown shown(Script script) {
        Standing standing = scripts.standing(script.product());
        return new Shown(
                script.product(),
                script.source(),
                script.changed(),
                standing.stopped(),
                standing.restsUntil().orElse(null));
    }

    private Tried run(String source, Sample sample) {
        Trial trial = scripts.tryOut(source, call(sample));
        long millis = trial.time().toMillis();
        return switch (trial.result()) {
            case Result.Message(Value.Fields fields) -> new Tried(node(fields), null, null, null, null, millis);
            case Result.Bytes(Payload bytes) ->
                new Tried(null, HexFormat.of().formatHex(bytes.toBytes()), null, null, null, millis);
            case Result.Failed(Fault fault, String detail) ->
                new Tried(null, null, fault, detail, trial.line() > 0 ? trial.line() : null, millis);
        };
    }

    private static ScriptBench.Call call(Sample sample) {
        return switch (function(sample.function())) {
            case RAW_DATA_TO_PROTOCOL -> ScriptBench.Call.toMessage(bytes(sample));
            case PROTOCOL_TO_RAW_DATA -> ScriptBench.Call.toBytes(message(sample));
            case TRANSFORM_PAYLOAD -> {
                String topic = sample.topic();
                if (topic == null) {
                    throw new ProblemException(Problem.INVALID_ARGUMENT, "\"topic\" is missing");
                }
                yield ScriptBench.Call.transform(topic, bytes(sample));
            }
        };
    }

    private static Function function(String word) {
        return Arrays.stream(Function.values())
                .filter(function -> function.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.INVALID_ARGUMENT,
                        "\"function\" is one of "
                                + Arrays.stream(Function.values())
                                        .map(Function::word)
                                        .collect(Collectors.joining(", "))));
    }

    private static Payload bytes(Sample sample) {
        String hex = sample.hex();
        if (hex == null) {
            require(sample.base64() != null, "give either \"hex\" or \"base64\"");
            return Content.read(null, sample.base64());
        }
        require(sample.base64() == null, "give either \"hex\" or \"base64\"");
        try {
            return Payload.owned(HexFormat.of().parseHex(hex.replaceAll("[\\s:]", "")));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "\"hex\" is not hexadecimal", e);
        }
    }

    private static Value.Fields message(Sample sample) {
        JsonNode message = sample.message();
        if (message == null) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "\"message\" is missing");
        }
        return ValueJson.readFields(Payload.of(message.toString()))
                .orElseThrow(() -> new ProblemException(Problem.INVALID_ARGUMENT, "\"message\" is no object"));
    }

    private static JsonNode node(Value.Fields fields) {
        return Json.read(ValueJson.write(fields).getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
