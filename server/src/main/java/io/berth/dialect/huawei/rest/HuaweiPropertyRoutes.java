package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.call.Wanted;
import io.berth.core.device.Device;
import io.berth.core.thing.Module;
import io.berth.dialect.huawei.CommandWords;
import io.berth.dialect.huawei.device.HuaweiServiceId;
import io.berth.dialect.huawei.rest.DeviceAnswers.Answered;
import io.berth.json.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Properties as the device itself says they are, and as it is told to set them (spec huawei-iotda 3.2, 7.4).
final class HuaweiPropertyRoutes {
    private final DeviceAnswers answers;

    HuaweiPropertyRoutes(DeviceAnswers answers) {
        this.answers = answers;
    }

    record Asked(String deviceId, String serviceId) {}

    record NewValues(String deviceId, List<ServiceValues> services) {}

    record ServiceValues(String serviceId, Value.Fields properties) {}

    record Answer(String requestId, Value response) {}

    Answer read(RestCall<Asked> call) throws InterruptedException {
        Device device = call.sight().device(call.input().deviceId());
        String module = HuaweiServiceId.module(call.input().serviceId());
        Answered answered = answers.ask(Wanted.get(device.id(), module, List.of()));
        Value.Fields read = new Members()
                .with("services", services(answered.answer().output()))
                .end();
        return new Answer(answered.call().id(), read);
    }

    Answer set(RestCall<NewValues> call) throws InterruptedException {
        Device device = call.sight().device(call.input().deviceId());
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        for (ServiceValues service : call.input().services()) {
            String module = HuaweiServiceId.module(service.serviceId());
            service.properties().fields().forEach((name, value) -> {
                Value before = values.put(Module.key(module, name), value);
                require(before == null, "\"" + name + "\" of service \"" + service.serviceId() + "\" is set twice");
            });
        }
        Answered answered = answers.ask(Wanted.set(device.id(), new Value.Fields(values)));
        return new Answer(
                answered.call().id(),
                CommandWords.result(answered.answer(), "result_desc").end());
    }

    private static List<Value> services(Value.Fields values) {
        SequencedMap<String, Members> byModule = new LinkedHashMap<>();
        values.fields()
                .forEach((key, value) -> byModule.computeIfAbsent(Module.moduleOf(key), _ -> new Members())
                        .with(Module.identifierOf(key), value));
        return byModule.entrySet().stream()
                .<Value>map(service -> new Members()
                        .with("service_id", HuaweiServiceId.of(service.getKey()))
                        .with("properties", service.getValue().end())
                        .end())
                .toList();
    }
}
