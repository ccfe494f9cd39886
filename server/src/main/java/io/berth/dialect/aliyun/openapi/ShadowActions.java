package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.Device;
import io.berth.core.session.Shadows;
import io.berth.core.state.ShadowDocument;
import io.berth.dialect.aliyun.device.AliyunShadowText;
import io.berth.json.ValueJson;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shadow documents (spec aliyun-openapi 3.2).
final class ShadowActions implements Action.Group {
    private static final int MAX_BYTES = 16 << 10;

    private final Shadows shadows;
    private final InstantSource clock;

    ShadowActions(Shadows shadows, InstantSource clock) {
        this.shadows = shadows;
        this.clock = clock;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.THINGS, Family.SHADOWS);
        return List.of(
                about.failing("messagebroker.QueryDeviceShadowActionError")
                        .reads("GetDeviceShadow", OneShadow.class, this::get),
                about.talks("UpdateDeviceShadow", Update.class, this::update));
    }

    record OneShadow(String productKey, String deviceName) {}

    /// @param shadowMessage `{"method":"update","state":{"desired":{…}},"version":1}`
    /// @param deltaUpdate whether what is wanted of other attributes stays
    record Update(
            String productKey,
            String deviceName,
            String shadowMessage,
            @Nullable Boolean deltaUpdate) {}

    private Value.Fields get(Call<OneShadow> call) {
        Device device = DeviceName.in(
                call.reach(), call.input().productKey(), call.input().deviceName());
        Payload document = AliyunShadowText.write("reply", shadows.get(device.id()), clock.instant());
        return Value.Fields.of("ShadowMessage", new Value.Text(document.text()));
    }

    private Value.Fields update(Call<Update> call) {
        Update wanted = call.input();
        Device device = DeviceName.in(call.reach(), wanted.productKey(), wanted.deviceName());
        Refusal.require(
                wanted.shadowMessage().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES,
                "messagebroker.ShadowMessageLengthIsLarge",
                "a shadow message has at most " + MAX_BYTES + " bytes");
        Value.Fields message = ValueJson.readFields(Payload.of(wanted.shadowMessage()))
                .orElseThrow(() -> wrong("ShadowMessageIsNotJson", "ShadowMessage is no JSON object"));
        demandUpdate(message);
        long version = version(message);
        Value.Fields state = message.get("state") instanceof Value.Fields fields ? fields : null;
        if (state == null) {
            throw wrong("NotFoundStateInShadowMessage", "the message has no state");
        }
        boolean stays = Boolean.TRUE.equals(wanted.deltaUpdate());
        try {
            shadows.want(device.id(), version, shadow -> wanting(stays ? shadow : shadow.forgetDesired(), state));
        } catch (ProblemException e) {
            throw e.problem() == Problem.VERSION_CONFLICT
                    ? Refusal.of(e.problem(), "messagebroker.InvalidVersionValueInShadowMessage", e.detail())
                    : e;
        }
        return Value.Fields.NONE;
    }

    private static void demandUpdate(Value.Fields message) {
        Value method = message.get("method");
        if (method == Value.Nothing.NOTHING) {
            throw wrong("NotFoundMethodInShadowMessage", "the message has no method");
        }
        if (!method.equals(new Value.Text("update"))) {
            throw wrong("MethodValueIsNotUpdate", "the method is not update");
        }
    }

    /// 0 and -1 let counting begin again.
    private static long version(Value.Fields message) {
        if (message.get("version") instanceof Value.Whole(long version) && version >= ShadowDocument.RESTART) {
            return version == 0 ? ShadowDocument.RESTART : version;
        }
        throw wrong("InvalidVersionValueInShadowMessage", "the version is no whole number from -1");
    }

    /// The vendor's documents write the text `null` for what is wanted no more.
    private static ShadowDocument wanting(ShadowDocument shadow, Value.Fields state) {
        return state.get("desired") instanceof Value.Fields desired ? shadow.want(desired) : shadow.forgetDesired();
    }

    private static ProblemException wrong(String code, String detail) {
        return Refusal.of(Problem.INVALID_ARGUMENT, "messagebroker." + code, detail);
    }
}
