package io.berth.simulator.bench;

import io.berth.simulator.measure.Sample;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Figures for programs: one JSON object on one line.
final class Report {
    private static final JsonMapper JSON = new JsonMapper();

    private Report() {}

    static String line(String run, Scenario scenario, Settings settings, List<Outcome> outcomes) {
        ObjectNode report =
                JSON.createObjectNode().put("scenario", scenario.toString()).put("run", run);
        report.put("unit", scenario.unit());
        report.set("options", options(settings));
        Outcome subject = outcomes.getFirst();
        fill(report, scenario, subject);
        ArrayNode yardsticks = report.putArray("yardsticks");
        for (Outcome yardstick : outcomes.subList(1, outcomes.size())) {
            ObjectNode node = yardsticks.addObject();
            fill(node, scenario, yardstick);
            if (scenario != Scenario.IDLE) {
                node.put("ratio", rounded(subject.ratioTo(yardstick), 1000));
            }
        }
        return JSON.writeValueAsString(report);
    }

    private static ObjectNode options(Settings settings) {
        return JSON.createObjectNode()
                .put("dialect", settings.fleet().mix().name().toLowerCase(Locale.ROOT))
                .put("devices", settings.fleet().size())
                .put("connections", settings.connections())
                .put("window", settings.inFlight())
                .put("payload", settings.payloadBytes())
                .put("qos", settings.qos())
                .put("rate", settings.rate())
                .put("consumer", settings.consumer().name().toLowerCase(Locale.ROOT))
                .put("via", settings.via().name().toLowerCase(Locale.ROOT));
    }

    private static void fill(ObjectNode node, Scenario scenario, Outcome outcome) {
        node.put("target", outcome.target());
        if (scenario != Scenario.IDLE) {
            node.put("rate", rounded(outcome.rate(), 10));
            node.put("perCpuSecond", rounded(outcome.perCpuSecond(), 10));
            node.set("latencyMicros", JSON.valueToTree(outcome.latencyMicros()));
        }
        node.set("memory", JSON.valueToTree(outcome.memory()));
        ArrayNode windows = node.putArray("windows");
        outcome.windows().forEach(sample -> windows.add(window(sample)));
    }

    private static ObjectNode window(Sample sample) {
        return JSON.createObjectNode()
                .put("events", sample.events())
                .put("delivered", sample.delivered())
                .put("seconds", rounded(sample.seconds(), 1000))
                .put("cpuSeconds", rounded(sample.cpuSeconds(), 100));
    }

    private static double rounded(double value, int parts) {
        return Math.round(value * parts) / (double) parts;
    }
}
