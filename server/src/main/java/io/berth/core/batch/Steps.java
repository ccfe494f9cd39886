package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.call.Call;
import io.berth.core.call.Calls;
import io.berth.core.call.Wanted;
import io.berth.core.call.Wishes;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Devices;
import io.berth.core.message.Answer;
import io.berth.core.message.AwaitedDelivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.session.Messages;
import io.berth.core.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/// What each kind of batch does to one device, and what its document says:
///
/// | kind | document |
/// |---|---|
/// | UPDATE | `nickname`, `description`, `extension` |
/// | SET, DESIRE | `values`: by key of the thing model |
/// | COMMAND | `service`, `input`, `sync`, `beyond-model`, `timeout` and `keep-for` in seconds |
/// | MESSAGE | `topic` with `{product}`, `{device}`, `{alias}`; `qos`; `text` or `base64` |
///
/// A target's own input comes before the document.
public final class Steps {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    /// Stands for a device when a document is checked.
    private static final DeviceId ANY = new DeviceId("any", "any");

    private final Devices devices;
    private final Calls calls;
    private final Wishes wishes;
    private final Messages messages;

    public Steps(Devices devices, Calls calls, Wishes wishes, Messages messages) {
        this.devices = devices;
        this.calls = calls;
        this.wishes = wishes;
        this.messages = messages;
    }

    /// INVALID_ARGUMENT when a target could not know what is to be done to it.
    static void check(Batch.Kind kind, Document document) {
        switch (kind) {
            case GENERATE, REGISTER, DELETE, DISABLE, ENABLE, RESET, RESET_SECRET -> {}
            case UPDATE -> profile(document, DeviceProfile.EMPTY);
            case SET, DESIRE -> values(document);
            case COMMAND -> command(ANY, document);
            case MESSAGE -> message(ANY, "any", document);
        }
    }

    Step of(Batch.Kind kind, Document document) {
        return switch (kind) {
            case GENERATE, REGISTER -> throw new IllegalArgumentException("registrations have no step");
            case DELETE -> Step.quiet(device -> devices.delete(id(device)));
            case DISABLE -> Step.quiet(device -> devices.enable(id(device), false));
            case ENABLE -> Step.quiet(device -> devices.enable(id(device), true));
            case RESET -> Step.quiet(device -> devices.reset(id(device), null));
            case RESET_SECRET -> Step.quiet(device -> devices.replaceSecret(id(device), Secret.random()));
            case UPDATE ->
                (device, own) -> {
                    devices.change(
                            id(device),
                            profile(document.with(own), device.device().profile()));
                    return Value.Fields.NONE;
                };
            case SET -> (device, own) -> answer(calls.call(Wanted.set(id(device), values(document.with(own)))));
            case DESIRE ->
                (device, own) -> {
                    wishes.want(id(device), values(document.with(own)), null);
                    return Value.Fields.NONE;
                };
            case COMMAND -> (device, own) -> answer(calls.call(command(id(device), document.with(own))));
            case MESSAGE ->
                (device, own) -> {
                    send(device, document.with(own));
                    return Value.Fields.NONE;
                };
        };
    }

    private static DeviceId id(DeviceSnapshot device) {
        return device.device().id();
    }

    /// What the document does not say stays as it is.
    static DeviceProfile profile(Document document, DeviceProfile before) {
        return new DeviceProfile(
                document.text("nickname", before.nickname()),
                document.text("description", before.description()),
                document.text("extension", before.extension()),
                before.secureOnly(),
                before.activateBy());
    }

    private static Value.Fields values(Document document) {
        Value.Fields values = document.object("values");
        require(!values.isEmpty(), "the document lacks \"values\"");
        return values;
    }

    private static Wanted command(DeviceId device, Document document) {
        return Wanted.service(device, document.demandText("service"), document.object("input"))
                .sync(document.flag("sync"))
                .timeout(document.seconds("timeout", ANSWER_WITHIN))
                .keepFor(document.seconds("keep-for", Duration.ZERO))
                .beyondModel(Boolean.TRUE.equals(document.flag("beyond-model")));
    }

    /// A call that is on its way has not failed; one that ended without an answer has.
    private static Value.Fields answer(Call call) {
        Problem problem = call.outcome().problem();
        if (problem != null) {
            throw new ProblemException(problem, call.outcome().detail());
        }
        Answer answer = call.outcome().answer();
        if (answer == null) {
            return Value.Fields.NONE;
        }
        if (!answer.succeeded()) {
            throw new ProblemException(Problem.DEVICE_REFUSED, "the device answered that it did not do it");
        }
        return answer.output();
    }

    private void send(DeviceSnapshot device, Document document) throws InterruptedException {
        DeviceId id = id(device);
        if (!device.device().enabled()) {
            throw new ProblemException(Problem.DEVICE_DISABLED, id + " is disabled");
        }
        AwaitedDelivery delivery = new AwaitedDelivery();
        messages.send(id, null, message(id, device.device().alias(), document), delivery);
        delivery.await(Duration.ZERO);
    }

    private static Downlink.Message message(DeviceId id, String alias, Document document) {
        String topic = document.demandText("topic")
                .replace("{product}", id.product())
                .replace("{device}", id.name())
                .replace("{alias}", alias);
        return new Downlink.Message(new Topic(topic).text(), Qos.of((int) document.whole("qos", 1)), payload(document));
    }

    private static Payload payload(Document document) {
        String base64 = document.text("base64");
        String text = document.text("text");
        require((base64 == null) != (text == null), "give \"text\" or \"base64\"");
        try {
            return Payload.owned(
                    base64 != null
                            ? Base64.getDecoder().decode(base64)
                            : String.valueOf(text).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "\"base64\" is none", e);
        }
    }
}
