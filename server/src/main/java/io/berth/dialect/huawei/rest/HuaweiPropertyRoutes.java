package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.call.Wanted;
import io.berth.core.device.Device;
import io.berth.core.message.Answer;
import io.berth.core.thing.Module;
import io.berth.dialect.huawei.CommandWords;
import io.berth.dialect.huawei.HuaweiStamp;
import io.berth.dialect.huawei.device.HuaweiServiceId;
import io.berth.dialect.huawei.rest.DeviceAnswers.Answered;
import io.berth.json.Members;
import java.time.Instant;
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

    record Response(String requestId, Value response) {}

    Response read(RestCall<Asked> call) throws InterruptedException {
        Device device = call.sight().device(call.input().deviceId());
        String module = HuaweiServiceId.module(call.input().serviceId());
        Answered answered = answers.ask(Wanted.get(device.id(), module, List.of()));
        Value.Fields read =
                new Members().with("services", services(answered.answer())).end();
        return new Response(answered.call().id(), read);
    }

    Response set(RestCall<NewValues> call) throws InterruptedException {
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
        return new Response(
                answered.call().id(),
                CommandWords.result(answered.answer(), "result_desc").end());
    }

    /// One service of the answer: values of one time.
    ///
    /// @param time as the device said it, empty when it said none
    private record Reading(String serviceId, String time) {
        private Value with(Members properties) {
            return new Members()
                    .with("service_id", serviceId)
                    .with("properties", properties.end())
                    .withUnlessEmpty("event_time", time)
                    .end();
        }
    }

    private static List<Value> services(Answer answer) {
        SequencedMap<Reading, Members> readings = new LinkedHashMap<>();
        answer.output().fields().forEach((key, value) -> {
            Instant time = answer.times().get(key);
            Reading reading = new Reading(
                    HuaweiServiceId.of(Module.moduleOf(key)), time == null ? "" : HuaweiStamp.seconds(time));
            readings.computeIfAbsent(reading, _ -> new Members()).with(Module.identifierOf(key), value);
        });
        return readings.entrySet().stream()
                .map(reading -> reading.getKey().with(reading.getValue()))
                .toList();
    }
}
