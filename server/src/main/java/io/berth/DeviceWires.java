package io.berth;

import io.berth.core.device.DeviceDirectory;
import io.berth.core.login.DeviceTokens;
import io.berth.core.login.Handover;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.Renewals;
import io.berth.core.session.Messages;
import io.berth.core.session.Sessions;
import io.berth.core.session.Traffic;
import io.berth.core.session.Uplinks;
import io.berth.core.session.Visits;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.Intake;
import io.berth.dialect.MqttDialect;
import io.berth.dialect.MqttLogins;
import io.berth.dialect.aliyun.device.AliyunCoap;
import io.berth.dialect.aliyun.device.AliyunHttp;
import io.berth.dialect.aliyun.device.AliyunMqtt;
import io.berth.dialect.huawei.device.HuaweiHttp;
import io.berth.dialect.huawei.device.HuaweiMqtt;
import io.berth.front.coap.CoapPlatform;
import io.berth.front.http.HttpPlatform;
import io.berth.front.mqtt.MqttPlatform;
import io.berth.storage.Storage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How devices come in: which vendors are spoken on which wire, and what each front works with.
final class DeviceWires {
    /// Spec aliyun-device 2.2.
    private static final Duration ALIYUN_TOKEN_LIFETIME = Duration.ofDays(7);

    final MqttLogins logins;
    final MqttPlatform mqtt;
    final CoapPlatform coap;
    final HttpPlatform http;
    private final List<MqttDialect> mqttDialects;
    private final Storage storage;
    private final InstantSource clock;

    /// Where devices that are in get to.
    record Ways(
            Sessions sessions, Visits visits, Uplinks uplinks, Messages messages, Handover handover, Traffic traffic) {
        private Intake intake(int maxWaiting) {
            return new Intake(uplinks, visits, traffic, maxWaiting);
        }
    }

    DeviceWires(DeviceServices services, Ways ways, Storage storage, Config config) {
        this.storage = storage;
        this.clock = services.clock();
        DeviceDirectory directory = services.directory();
        LoginGuard deviceGuard = config.login().deviceGuard(clock);
        LoginGuard addressGuard = config.login().addressGuard(clock);

        this.mqttDialects =
                List.of(new AliyunMqtt(services, config.login().toleratesAnnouncedTls()), new HuaweiMqtt(services));
        this.logins = new MqttLogins(mqttDialects, directory);
        this.mqtt = new MqttPlatform(
                logins,
                directory,
                ways.sessions(),
                ways.uplinks(),
                ways.messages(),
                storage.sessions(),
                storage.refusals(),
                deviceGuard,
                addressGuard,
                ways.traffic(),
                clock);
        this.coap = new CoapPlatform(
                new AliyunCoap(
                        services,
                        new AliyunCoap.Tokens(
                                aliyunTokens("aliyun coap"),
                                aliyunTokens("aliyun coaps"),
                                config.coap().maxTokens()),
                        ways.handover()),
                directory,
                ways.intake(config.coap().maxPending()),
                storage.refusals(),
                config.login().deviceGuard(clock),
                ways.traffic(),
                clock);
        this.http = new HttpPlatform(
                List.of(
                        new AliyunHttp(services, aliyunTokens("aliyun https")),
                        new HuaweiHttp(services, huaweiTokens(config.huaweiHttps(), ways.handover()))),
                directory,
                ways.intake(config.http().maxWaiting()),
                storage.refusals(),
                deviceGuard,
                addressGuard,
                ways.traffic(),
                clock);
    }

    /// The dialects whose devices hear of a wish again when they connect.
    Set<String> tellingWishesAgain() {
        return mqttDialects.stream()
                .filter(MqttDialect::tellsWishesAgain)
                .map(MqttDialect::name)
                .collect(Collectors.toSet());
    }

    private DeviceTokens aliyunTokens(String use) {
        return tokens(use, ALIYUN_TOKEN_LIFETIME, Renewals.HARMLESS);
    }

    private DeviceTokens huaweiTokens(HuaweiHttp.Rules rules, Handover handover) {
        Renewals renewals = new Renewals.Ending(
                new Renewals.Ending.Terms(rules.tokenGrace(), rules.tokenLifetime(), rules.tokensFollowed()),
                handover,
                clock);
        return tokens("huawei https", rules.tokenLifetime(), renewals);
    }

    /// @param use what the tokens are good for, and for nothing else
    private DeviceTokens tokens(String use, Duration lifetime, Renewals renewals) {
        return new DeviceTokens(
                storage.keyFor("device tokens"),
                use,
                lifetime,
                renewals,
                storage.devices(),
                storage.directory(),
                clock);
    }
}
