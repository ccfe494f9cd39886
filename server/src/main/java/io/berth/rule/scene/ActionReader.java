package io.berth.rule.scene;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.Alarm;
import io.berth.core.device.DeviceId;
import io.berth.json.Place;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one action: null, and a fault, when it is none.
record ActionReader(PlanReader plan) {
    private static final Pattern ALARM = Pattern.compile("[^\\p{Cntrl}/:]{1,64}");
    private static final Duration LONGEST_KEEP = Duration.ofDays(2);
    private static final Map<String, Alarm.Severity> SEVERITIES = severities();

    @Nullable
    Action read(Place place) {
        return switch (PlanReader.kind(place, List.of("set", "call", "raise", "clear", "notify"))) {
            case "set" -> set(place);
            case "call" -> call(place);
            case "raise" -> raise(place);
            case "clear" -> clear(place);
            case "notify" -> notification(place);
            default -> null;
        };
    }

    private Action set(Place place) {
        plan.known(place, Set.of("set", "product", "device", "keepFor"));
        DeviceId device = PlanReader.device(place);
        return new Action.SetProperties(device, PlanReader.fields(place.member("set")), keepFor(place));
    }

    private Action call(Place place) {
        plan.known(place, Set.of("call", "product", "device", "input", "keepFor"));
        DeviceId device = PlanReader.device(place);
        String service = place.member("call").requiredText();
        return new Action.CallService(device, service, PlanReader.fields(place.member("input")), keepFor(place));
    }

    private @Nullable Action raise(Place place) {
        plan.known(place, Set.of("raise", "severity", "text"));
        Alarm.Severity severity = place.member("severity").oneOf(SEVERITIES);
        String alarm = alarm(place.member("raise"));
        return severity == null
                ? null
                : new Action.RaiseAlarm(alarm, severity, place.member("text").text());
    }

    private Action clear(Place place) {
        plan.known(place, Set.of("clear"));
        return new Action.ClearAlarm(alarm(place.member("clear")));
    }

    private @Nullable Action notification(Place place) {
        plan.known(place, Set.of("notify", "text"));
        URI url = PlanReader.parsed(place.member("notify"), ActionReader::url);
        return url == null ? null : new Action.Notify(url, place.member("text").text());
    }

    private static String alarm(Place place) {
        String name = place.requiredText();
        place.expect(
                name.isEmpty() || ALARM.matcher(name).matches(),
                "the name of an alarm has 1 to 64 characters, no slash, no colon");
        return name;
    }

    private static Duration keepFor(Place place) {
        Duration span = PlanReader.span(place.member("keepFor"));
        place.expect(span.compareTo(LONGEST_KEEP) <= 0, "keepFor: a call waits for its device two days at most");
        return span;
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme());
            boolean web = scheme.equals("http") || scheme.equals("https");
            if (web && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // refused below, with what it should look like
        }
        throw new ProblemException(
                Problem.INVALID_ARGUMENT, "an address begins with http:// or https://, names a host and no user");
    }

    private static Map<String, Alarm.Severity> severities() {
        Map<String, Alarm.Severity> words = new LinkedHashMap<>();
        for (Alarm.Severity severity : Alarm.Severity.values()) {
            words.put(severity.name().toLowerCase(Locale.ROOT), severity);
        }
        return words;
    }
}
