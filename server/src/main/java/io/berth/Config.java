package io.berth;

import static io.berth.core.ProblemException.require;

import io.berth.config.Settings;
import io.berth.core.alarm.Alarms;
import io.berth.core.audit.AuditConfig;
import io.berth.core.batch.BatchFiles;
import io.berth.core.batch.BatchLimits;
import io.berth.core.call.Calls;
import io.berth.core.caller.PasswordHashing;
import io.berth.core.certificate.CertificateConfig;
import io.berth.core.enrol.EnrolmentLimits;
import io.berth.core.line.LineRules;
import io.berth.core.login.LoginGuard;
import io.berth.core.outbox.Outbox;
import io.berth.core.route.TopicRoutes;
import io.berth.core.session.Visits;
import io.berth.core.state.Repeats;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.aliyun.app.AliyunNotifications;
import io.berth.dialect.aliyun.openapi.AliyunOpenApi;
import io.berth.dialect.huawei.device.HuaweiHttp;
import io.berth.dialect.huawei.rest.HuaweiRest;
import io.berth.front.coap.CoapConfig;
import io.berth.front.coap.CoapListener;
import io.berth.front.http.HttpConfig;
import io.berth.front.mqtt.ListenerConfig;
import io.berth.front.mqtt.MqttConfig;
import io.berth.net.Place;
import io.berth.rule.RuleConfig;
import io.berth.rule.scene.SceneConfig;
import io.berth.script.ScriptConfig;
import io.berth.storage.StorageConfig;
import io.berth.stream.amqp.AmqpConfig;
import io.berth.stream.amqp.AmqpListener;
import io.berth.stream.group.GroupsConfig;
import io.berth.stream.kafka.KafkaConfig;
import io.berth.stream.sqlite.StreamConfig;
import io.berth.web.WebConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Everything that can be configured, read from the settings in one place. `docs/configuration.md` lists the
/// keys.
record Config(
        List<ListenerConfig> mqttListeners,
        List<AmqpListener> amqpListeners,
        List<CoapListener> coapListeners,
        Listener web,
        WebConfig webServer,
        MqttConfig mqtt,
        StorageConfig storage,
        StreamConfig stream,
        KafkaConfig kafka,
        GroupsConfig consumerGroups,
        Tls tls,
        Login login,
        PasswordHashing passwords,
        Feed feed,
        Visits.Limits presence,
        HttpConfig http,
        HuaweiHttp.Rules huaweiHttps,
        CoapConfig coap,
        DeviceServices.Rules things,
        EnrolmentLimits enrol,
        Calls.Limits calls,
        BatchLimits batch,
        BatchFiles.Limits batchFiles,
        ScriptConfig script,
        AmqpConfig amqp,
        Timestamps subscriberTimestamps,
        RuleConfig rule,
        SceneConfig scenes,
        Alarms.Limits alarms,
        AliyunNotifications.Rules aliyunEvents,
        AuditConfig audit,
        LineRules line,
        Outbox.Limits outbox,
        TopicRoutes.Limits topicRoutes,
        Repeats.Limits repeats,
        HuaweiRest.Rules huawei,
        AliyunOpenApi.Rules aliyunOpenApi,
        CertificateConfig certificates) {

    /// Listeners of wires that later releases bring: their keys are known, and refused as soon as they are
    /// switched on.
    private static final List<String> NOT_YET = List.of("bootstrap", "coap");

    /// @param bind a host name or an address; a name means every address it resolves to
    /// @param port 0 for any free one
    /// @param legacyTls also accept TLS 1.0, TLS 1.1 and RSA key exchange, for old firmware
    /// @param clientCertificates ask TLS clients for a certificate, and do without
    record DeviceListener(boolean enabled, String bind, int port, boolean legacyTls, boolean clientCertificates) {}

    /// @param tls serve HTTPS with the server's certificate
    record Listener(boolean enabled, String bind, int port, boolean tls) {}

    /// @param legacyTls also accept TLS 1.0 and 1.1, for old firmware
    record PskListener(boolean enabled, String bind, int port, boolean legacyTls) {}

    /// A listener with no settings but where it is.
    record PlainListener(boolean enabled, String bind, int port) {}

    /// How far the timestamp in a subscriber's login may be from now; 0 leaves it unchecked (spec
    /// aliyun-openapi 4.1, huawei-iotda 8.1).
    record Timestamps(Duration aliyun, Duration huawei) {}

    /// @param names host names and addresses the made certificate is good for, besides this machine's own
    /// @param certificate an own certificate chain (PEM); with it `key` and `ca` are needed too
    /// @param key its private key (PEM, PKCS#8)
    /// @param ca the root clients trust (PEM)
    record Tls(List<String> names, String certificate, String key, String ca) {}

    /// Secrets have some 128 bits: these bounds stop floods, not guessing, and leave SDKs that retry every
    /// second alone.
    ///
    /// @param maxFailuresPerDevice failed logins before more are refused unseen until the window is over
    /// @param maxFailuresPerAddress likewise; leaves room for many devices behind one address
    /// @param toleratesAnnouncedTls let clients in that announce TLS and come in clear, as real SDKs do
    /// @param maxNonces of signed calls, remembered for half an hour; beyond it calls are refused
    record Login(
            int maxFailuresPerDevice,
            int maxFailuresPerAddress,
            Duration window,
            boolean toleratesAnnouncedTls,
            int maxNonces) {
        private static final int GUARDED_KEYS = 100_000;

        Login {
            require(maxNonces >= 1, "login.max-nonces must be at least 1");
        }

        LoginGuard deviceGuard(InstantSource clock) {
            return guard(maxFailuresPerDevice, clock);
        }

        LoginGuard addressGuard(InstantSource clock) {
            return guard(maxFailuresPerAddress, clock);
        }

        LoginGuard guard(int maxFailures, InstantSource clock) {
            return new LoginGuard(maxFailures, window, GUARDED_KEYS, clock);
        }
    }

    /// @param maxWatches how many may follow live events at once
    /// @param maxQueued events that wait for one follower before the oldest is lost
    /// @param maxRequests requests that wait for a device's answer at once
    record Feed(int maxWatches, int maxQueued, int maxRequests) {}

    static Config read(Settings settings) {
        Config config = new Config(
                mqttListeners(settings),
                amqpListeners(settings),
                coapListeners(settings),
                settings.read("listener.web", new Listener(true, "127.0.0.1", 8080, false)),
                settings.read("web", WebConfig.DEFAULT),
                settings.read("mqtt", MqttConfig.defaults()),
                settings.read("storage", StorageConfig.DEFAULT),
                settings.read("stream", StreamConfig.DEFAULT),
                settings.read("stream.kafka", KafkaConfig.DEFAULT),
                settings.read("consumer-groups", GroupsConfig.DEFAULT),
                settings.read("tls", new Tls(List.of(), "", "", "")),
                settings.read("login", new Login(100, 5_000, Duration.ofMinutes(1), true, 5_000_000)),
                settings.read("passwords", PasswordHashing.DEFAULT),
                settings.read("feed", new Feed(100, 10_000, 10_000)),
                settings.read("presence", Visits.Limits.DEFAULT),
                settings.read("http", HttpConfig.defaults()),
                settings.read("huawei-https", HuaweiHttp.Rules.DEFAULT),
                settings.read("coap", CoapConfig.defaults()),
                settings.read("things", DeviceServices.Rules.DEFAULT),
                settings.read("enrol", EnrolmentLimits.DEFAULT),
                settings.read("calls", Calls.Limits.DEFAULT),
                settings.read("batch", BatchLimits.DEFAULT),
                settings.read("batch.files", BatchFiles.Limits.DEFAULT),
                settings.read("script", ScriptConfig.DEFAULT),
                settings.read("amqp", AmqpConfig.defaults()),
                settings.read("amqp.timestamps", new Timestamps(Duration.ZERO, Duration.ofMinutes(5))),
                settings.read("rule", RuleConfig.DEFAULT),
                settings.read("scenes", SceneConfig.DEFAULT),
                settings.read("alarms", Alarms.Limits.DEFAULT),
                settings.read("aliyun-events", AliyunNotifications.Rules.DEFAULT),
                settings.read("audit", AuditConfig.DEFAULT),
                settings.read("line", LineRules.DEFAULT),
                settings.read("outbox", Outbox.Limits.DEFAULT),
                settings.read("topic-routes", TopicRoutes.Limits.DEFAULT),
                settings.read("repeats", Repeats.Limits.DEFAULT),
                settings.read("huawei", HuaweiRest.Rules.DEFAULT),
                settings.read("aliyun-openapi", AliyunOpenApi.Rules.DEFAULT),
                settings.read("certificates", CertificateConfig.DEFAULT));
        refusePlanned(settings);
        settings.rejectUnknown();
        return config;
    }

    private static List<ListenerConfig> mqttListeners(Settings settings) {
        List<ListenerConfig> listeners = new ArrayList<>();
        for (ListenerConfig standard : List.of(ListenerConfig.mqtt(), ListenerConfig.mqtts(), ListenerConfig.https())) {
            String name = standard.name();
            DeviceListener set = settings.read(
                    "listener." + name,
                    new DeviceListener(true, standard.bind(), standard.port(), false, standard.clientCertificates()));
            if (set.enabled()) {
                listeners.add(new ListenerConfig(
                        name, standard.kind(), set.bind(), set.port(), set.legacyTls(), set.clientCertificates()));
            }
        }
        ListenerConfig psk = ListenerConfig.mqttPsk();
        PskListener set =
                settings.read("listener." + psk.name(), new PskListener(false, psk.bind(), psk.port(), false));
        if (set.enabled()) {
            listeners.add(new ListenerConfig(psk.name(), psk.kind(), set.bind(), set.port(), set.legacyTls()));
        }
        return List.copyOf(listeners);
    }

    private static List<AmqpListener> amqpListeners(Settings settings) {
        List<AmqpListener> listeners = new ArrayList<>();
        for (AmqpListener standard : List.of(AmqpListener.amqp(), AmqpListener.amqps())) {
            Place place = standard.place();
            PlainListener set =
                    settings.read("listener." + place.name(), new PlainListener(true, place.bind(), place.port()));
            if (set.enabled()) {
                listeners.add(new AmqpListener(new Place(place.name(), set.bind(), set.port()), standard.tls()));
            }
        }
        return List.copyOf(listeners);
    }

    private static List<CoapListener> coapListeners(Settings settings) {
        List<CoapListener> listeners = new ArrayList<>();
        for (CoapListener standard : List.of(CoapListener.symmetric(), CoapListener.coaps())) {
            Place place = standard.place();
            PlainListener set =
                    settings.read("listener." + place.name(), new PlainListener(true, place.bind(), place.port()));
            if (set.enabled()) {
                listeners.add(new CoapListener(new Place(place.name(), set.bind(), set.port()), standard.dtls()));
            }
        }
        return List.copyOf(listeners);
    }

    private static void refusePlanned(Settings settings) {
        for (String name : NOT_YET) {
            PlainListener listener = settings.read("listener." + name, new PlainListener(false, "localhost", 0));
            if (listener.enabled()) {
                throw new StartException(
                        "listener." + name + ".enabled: this release does not speak that wire yet; remove the key",
                        null);
            }
        }
    }
}
