package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.message.Downlink.ConfigPushed.Config;
import io.berth.core.product.RemoteConfig;
import io.berth.core.product.RemoteConfigStore;
import io.berth.dialect.JsonText;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import java.util.Optional;

/// The remote configuration of a product (spec aliyun-device 5.6): devices are told where to fetch it.
final class AliyunConfig {
    private AliyunConfig() {}

    static Route get(AliyunWire wire, String topic, Match<AliyunUplinks.Row> match) {
        return AlinkRequest.later(AlinkTopic.of(wire, topic), AlinkEnvelope.Params.OBJECT, AliyunConfig::answer);
    }

    private static Reading answer(AlinkRequest request) {
        AliyunWire wire = request.wire();
        RemoteConfigStore configs = wire.services().configs();
        if (!isForm((Value.Fields) request.params())) {
            return request.refused(AlinkCode.PARAMETER_ERROR);
        }
        if (!configs.isEnabled(wire.id().product())) {
            return request.refused(AlinkCode.CONFIG_OFF);
        }
        Optional<RemoteConfig> found = configs.find(wire.id().product());
        return found.isEmpty()
                ? request.refused(AlinkCode.NO_DATA)
                : request.answered(
                        file(of(found.get(), wire.services().filesUrl().get())));
    }

    /// There is one scope and one way to get it; a device that names neither means these.
    private static boolean isForm(Value.Fields params) {
        return isAbsentOr(params.get("configScope"), "product") && isAbsentOr(params.get("getType"), "file");
    }

    private static boolean isAbsentOr(Value value, String word) {
        return value == Value.Nothing.NOTHING || value.equals(new Value.Text(word));
    }

    private static Config of(RemoteConfig config, String filesUrl) {
        return new Config(
                config.id(),
                filesUrl + "/files/config/" + config.id(),
                config.content().size(),
                config.sha256(),
                config.content());
    }

    /// SDKs know the digest only when it is spelt like this (R11).
    static String file(Config config) {
        return JsonText.object()
                .text("configId", config.id())
                .number("configSize", config.bytes())
                .text("sign", config.sha256())
                .text("signMethod", "Sha256")
                .text("url", config.url())
                .text("getType", "file")
                .end();
    }
}
