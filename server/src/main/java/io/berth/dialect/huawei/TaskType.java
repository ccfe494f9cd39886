package io.berth.dialect.huawei;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.batch.Batch;
import io.berth.core.batch.Batch.Kind;
import io.berth.core.thing.Module;
import io.berth.dialect.huawei.device.HuaweiServiceId;
import io.berth.json.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// The kinds of batch tasks and their documents, both ways (spec huawei-iotda 7.10).
public enum TaskType {
    CREATE_DEVICES("createDevices", Kind.REGISTER),
    UPDATE_DEVICES("updateDevices", Kind.UPDATE),
    DELETE_DEVICES("deleteDevices", Kind.DELETE),
    FREEZE_DEVICES("freezeDevices", Kind.DISABLE),
    UNFREEZE_DEVICES("unfreezeDevices", Kind.ENABLE),
    CREATE_COMMANDS("createCommands", Kind.COMMAND) {
        @Override
        Value.Fields meaning(Value.Fields document) {
            return command(document).with("sync", true).end();
        }

        @Override
        Value.Fields form(Value.Fields document) {
            return commandForm(document);
        }
    },
    CREATE_ASYNC_COMMANDS("createAsyncCommands", Kind.COMMAND) {
        @Override
        Value.Fields meaning(Value.Fields document) {
            Value expires = document.get("expire_time");
            boolean delayed = oneOf(document, "send_strategy", "delay", "immediately");
            return command(document)
                    .with("sync", false)
                    .with("keep-for", delayed ? expires instanceof Value.Whole ? expires : DAY : new Value.Whole(0))
                    .end();
        }

        @Override
        Value.Fields form(Value.Fields document) {
            return commandForm(document);
        }
    },
    CREATE_MESSAGES("createMessages", Kind.MESSAGE) {
        @Override
        Value.Fields meaning(Value.Fields document) {
            return new TaskMessage(document).read();
        }

        @Override
        Value.Fields form(Value.Fields document) {
            return Value.Fields.of("message", document.get("text"));
        }
    },
    UPDATE_DEVICE_SHADOWS("updateDeviceShadows", Kind.DESIRE) {
        @Override
        Value.Fields meaning(Value.Fields document) {
            SequencedMap<String, Value> values = new LinkedHashMap<>();
            for (Value part : items(document.get("shadow"))) {
                require(part instanceof Value.Fields, "\"shadow\" is a list of objects");
                Value.Fields service = (Value.Fields) part;
                String module = HuaweiServiceId.module(text(service, "service_id"));
                object(service, "desired")
                        .fields()
                        .forEach((name, value) -> values.put(Module.key(module, name), value));
            }
            return Value.Fields.of("values", new Value.Fields(values));
        }

        @Override
        Value.Fields form(Value.Fields document) {
            Map<String, Members> services = new LinkedHashMap<>();
            object(document, "values")
                    .fields()
                    .forEach((key, value) -> services.computeIfAbsent(Module.moduleOf(key), _ -> new Members())
                            .with(Module.identifierOf(key), value));
            return Value.Fields.of(
                    "shadow",
                    new Value.Items(services.entrySet().stream()
                            .<Value>map(service -> new Members()
                                    .with("service_id", HuaweiServiceId.of(service.getKey()))
                                    .with("desired", service.getValue().end())
                                    .end())
                            .toList()));
        }
    };

    /// How long a command waits for its device when nobody says it (spec huawei-iotda 7.4).
    private static final Value DAY = new Value.Whole(86_400);

    /// Where a document in core's words says whether each device gets the message in the vendor's wrapping.
    public static final String WRAPS = "wraps";

    /// Where the document stands as it was given.
    private static final String GIVEN = "given";

    private final String word;
    private final Kind kind;

    TaskType(String word, Kind kind) {
        this.word = word;
        this.kind = kind;
    }

    /// INVALID_ARGUMENT; UNSUPPORTED for what the vendor has and is not built.
    public static TaskType of(String word) {
        if (word.equals("softwareUpgrade") || word.equals("firmwareUpgrade")) {
            throw new ProblemException(Problem.UNSUPPORTED, word + " is not supported by this release of Berth");
        }
        return Stream.of(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new ProblemException(Problem.INVALID_ARGUMENT, "\"" + word + "\" is no \"task_type\""));
    }

    /// Empty for a batch this interface has no word for.
    public static Optional<TaskType> of(Batch batch) {
        return of(batch.kind(), batch.document().get("sync"));
    }

    /// @param sync of the document of commands: whether the batch waits for the answers
    public static Optional<TaskType> of(Kind kind, Value sync) {
        if (kind == Kind.COMMAND) {
            return Optional.of(sync.equals(new Value.Flag(true)) ? CREATE_COMMANDS : CREATE_ASYNC_COMMANDS);
        }
        return Stream.of(values()).filter(type -> type.kind == kind).findFirst();
    }

    public String word() {
        return word;
    }

    public Kind kind() {
        return kind;
    }

    /// The document in core's words, with the vendor's beside them.
    public Value.Fields read(Value.Fields document) {
        SequencedMap<String, Value> both = new LinkedHashMap<>(meaning(document).fields());
        if (!both.isEmpty()) {
            both.put(GIVEN, document);
        }
        return new Value.Fields(both);
    }

    /// The document in the vendor's words, as it was given here or as it means elsewhere.
    public Value.Fields write(Value.Fields document) {
        return document.get(GIVEN) instanceof Value.Fields given ? given : form(document);
    }

    Value.Fields meaning(Value.Fields document) {
        return Value.Fields.NONE;
    }

    Value.Fields form(Value.Fields document) {
        return Value.Fields.NONE;
    }

    /// Without a service nothing is checked (spec huawei-iotda 3.3).
    private static Members command(Value.Fields document) {
        boolean isFree = document.get("service_id") instanceof Value.Nothing;
        String module = isFree ? Module.DEFAULT : HuaweiServiceId.module(text(document, "service_id"));
        return new Members()
                .with("service", Module.key(module, text(document, "command_name")))
                .with("input", object(document, "paras"))
                .with("beyond-model", isFree);
    }

    private static Value.Fields commandForm(Value.Fields document) {
        String key = text(document, "service");
        return new Members()
                .with("service_id", HuaweiServiceId.of(Module.moduleOf(key)))
                .with("command_name", Module.identifierOf(key))
                .with("paras", object(document, "input"))
                .end();
    }

    private static String text(Value.Fields document, String name) {
        if (document.get(name) instanceof Value.Text(String text)) {
            return text;
        }
        throw new ProblemException(Problem.INVALID_ARGUMENT, "the document lacks \"" + name + "\"");
    }

    /// Whether the member is the first word, which it is when it is missing.
    static boolean oneOf(Value.Fields document, String name, String usual, String other) {
        Value word = document.get(name);
        require(
                word instanceof Value.Nothing
                        || word.equals(new Value.Text(usual))
                        || word.equals(new Value.Text(other)),
                "\"" + name + "\" must be " + usual + " or " + other);
        return !word.equals(new Value.Text(other));
    }

    private static Value.Fields object(Value.Fields document, String name) {
        return document.get(name) instanceof Value.Fields object ? object : Value.Fields.NONE;
    }

    private static List<Value> items(Value value) {
        return value instanceof Value.Items(List<Value> items) ? items : List.of();
    }
}
