package io.berth.core.line;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.Alarms;
import io.berth.core.audit.AuditLog;
import io.berth.core.audit.AuditRecord;
import io.berth.core.device.Device;
import io.berth.core.device.Devices;
import io.berth.core.line.Ask.Purpose;
import io.berth.core.line.LineRules.Reaction;
import io.berth.core.line.LineUnit.Visit;
import io.berth.core.login.LoginGuard;
import io.berth.core.login.RefusedCalls;
import io.berth.core.login.RefusedCalls.RefusedCall;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// Hands identities to devices that are being made (spec aliyun-openapi 5). Whoever asks again, or many at
/// once, gets the same one: the registry takes a device once, and a crash between that and the note of it is
/// made good by the next request. Blocking; any thread.
public final class CertificateDesk {
    private static final String API = "line";
    private static final int MAX_TOLD = 128;

    private final StationLogins logins;
    private final LineUnitStore units;
    private final Devices devices;
    private final Books books;
    private final LineWatch watch;
    private final LineRules rules;
    private final InstantSource clock;
    private final LoginGuard addresses;
    private final LoginGuard ids;
    private final LongAdder issued = new LongAdder();
    private final LongAdder confirmed = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /// Where the desk writes down what it does, and calls for help.
    public record Books(AuditLog audit, RefusedCalls refusals, Alarms alarms) {}

    public CertificateDesk(
            StationLogins logins,
            LineUnitStore units,
            Devices devices,
            Books books,
            LineRules rules,
            InstantSource clock) {
        this.logins = logins;
        this.units = units;
        this.devices = devices;
        this.books = books;
        this.watch = new LineWatch(books.alarms());
        this.rules = rules;
        this.clock = clock;
        // every request counts like a failed login: these guards bound what is asked, not what is guessed
        this.addresses = new LoginGuard(rules.requestsPerAddress(), rules.window(), rules.maxTracked(), clock);
        this.ids = new LoginGuard(rules.requestsPerDevice(), rules.window(), rules.maxTracked(), clock);
    }

    /// What the requester is told. Whether an id is unknown, blocked or not to be had any more is told alike.
    public sealed interface Reply {
        record Issued(Device device) implements Reply {}

        record Confirmed() implements Reply {}

        record Refused(Refusal why) implements Reply {}

        enum Refusal {
            /// Nobody the desk knows.
            STRANGER,
            /// It has nothing for this device.
            ILLEGAL,
            TOO_OFTEN
        }
    }

    /// The identity of a device.
    public Reply issue(Ask ask) {
        return serve(ask, Purpose.ISSUE);
    }

    /// The device carries its secret: from now on nobody else needs it.
    public Reply confirm(Ask ask) {
        return serve(ask, Purpose.CONFIRM);
    }

    /// Since the start.
    public long issued() {
        return issued.sum();
    }

    public long confirmed() {
        return confirmed.sum();
    }

    public long refused() {
        return refused.sum();
    }

    /// How one request ended inside.
    private sealed interface Outcome {
        record Done(Reply reply) implements Outcome {}

        record Denied(Denial why) implements Outcome {}
    }

    private Reply serve(Ask ask, Purpose purpose) {
        if (isTooOften(addresses, ask.from().address())) {
            return deny(ask, Denial.TOO_OFTEN);
        }
        return switch (logins.recognise(ask, purpose)) {
            case StationLogins.Verdict.Unknown(Denial why) -> deny(ask, why);
            case StationLogins.Verdict.Known(Station station) -> serve(ask, purpose, station);
        };
    }

    private Reply serve(Ask ask, Purpose purpose, Station station) {
        Optional<HardwareId> id = HardwareId.find(ask.deviceId());
        Visit visit = new Visit(clock.instant(), station.name(), ask.from().address());
        Outcome outcome = id.map(known -> outcome(known, station, visit, purpose))
                .orElseGet(() -> new Outcome.Denied(Denial.NOT_LISTED));
        String target = id.map(HardwareId::text).orElseGet(() -> told(ask));
        return switch (outcome) {
            case Outcome.Done(Reply reply) -> {
                // on disk before the secret leaves
                audit(visit, purpose, target, AuditRecord.OK);
                (purpose == Purpose.ISSUE ? issued : confirmed).increment();
                yield reply;
            }
            case Outcome.Denied(Denial why) -> {
                audit(visit, purpose, target, why.name());
                yield deny(ask, why);
            }
        };
    }

    private Outcome outcome(HardwareId id, Station station, Visit visit, Purpose purpose) {
        if (isTooOften(ids, id.text())) {
            return new Outcome.Denied(Denial.TOO_OFTEN);
        }
        Optional<LineUnit> unit = units.find(id);
        if (unit.isEmpty()) {
            return new Outcome.Denied(Denial.NOT_LISTED);
        }
        if (!station.serves(unit.get().batch().product())) {
            return new Outcome.Denied(Denial.OTHER_PRODUCT);
        }
        if (unit.get().blocked()) {
            return new Outcome.Denied(Denial.BLOCKED);
        }
        return switch (purpose) {
            case ISSUE -> issue(unit.get(), visit);
            case CONFIRM -> confirm(unit.get(), visit);
        };
    }

    private Outcome issue(LineUnit unit, Visit visit) {
        if (unit.isOver(visit.at(), rules.grace())) {
            watch.late(unit, visit);
            if (rules.late() == Reaction.REFUSE) {
                return new Outcome.Denied(Denial.LATE);
            }
        }
        boolean placed = unit.batch().isOpen() && (unit.reserved() || units.reserve(unit.id()));
        return placed ? registered(unit, visit) : new Outcome.Denied(Denial.NO_PLACE);
    }

    private Outcome registered(LineUnit unit, Visit visit) {
        try {
            Device device = unit.registered() == null ? register(unit) : devices.get(unit.device());
            return device.enabled() ? handOut(unit, device, visit) : new Outcome.Denied(Denial.BLOCKED);
        } catch (ProblemException e) {
            return switch (e.problem()) {
                case DEVICE_NOT_FOUND -> new Outcome.Denied(Denial.GONE);
                case PRODUCT_NOT_FOUND, ALIAS_TAKEN, LIMIT_REACHED -> new Outcome.Denied(Denial.NOT_TAKEN);
                default -> throw e;
            };
        }
    }

    private Outcome handOut(LineUnit unit, Device device, Visit visit) {
        Optional<LineUnit> before = units.handOut(unit.id(), visit, rules.elsewhere() == Reaction.ALARM);
        Visit earlier = before.orElse(unit).issued();
        if (earlier != null && !earlier.isFromWhere(visit)) {
            watch.elsewhere(unit, earlier, visit);
        }
        return before.<Outcome>map(_ -> new Outcome.Done(new Reply.Issued(device)))
                .orElseGet(() -> new Outcome.Denied(whyNot(unit.id())));
    }

    /// The store refused: what it saw is there to read.
    private Denial whyNot(HardwareId id) {
        LineUnit now = units.find(id).orElseThrow();
        if (now.blocked()) {
            return Denial.BLOCKED;
        }
        return now.batch().handOut() == LineBatch.HandOut.ONCE ? Denial.HANDED_OUT : Denial.ELSEWHERE;
    }

    private Outcome confirm(LineUnit unit, Visit visit) {
        if (unit.issued() == null) {
            return new Outcome.Denied(Denial.NOT_ISSUED);
        }
        if (units.burn(unit.id(), visit)) {
            return new Outcome.Done(new Reply.Confirmed());
        }
        Visit before = units.find(unit.id()).map(LineUnit::burned).orElse(null);
        if (before == null) {
            return new Outcome.Denied(Denial.NOT_ISSUED);
        }
        if (before.isFromWhere(visit)) {
            return new Outcome.Done(new Reply.Confirmed()); // its answer was lost
        }
        watch.burnedTwice(unit, before, visit);
        return new Outcome.Denied(Denial.BURNED_TWICE);
    }

    /// The registry is the compare-and-set: of many requests one creates the device, the others find it, and so
    /// does the first one after a crash.
    private Device register(LineUnit unit) {
        try {
            return devices.create(new Devices.Draft(unit.device(), null, null, null));
        } catch (ProblemException e) {
            if (e.problem() == Problem.DEVICE_EXISTS) {
                return devices.get(unit.device());
            }
            throw e;
        }
    }

    private static boolean isTooOften(LoginGuard guard, String key) {
        if (guard.blocks(key)) {
            return true;
        }
        guard.failed(key);
        return false;
    }

    private Reply deny(Ask ask, Denial why) {
        refused.increment();
        books.refusals()
                .record(new RefusedCall(
                        API,
                        told(ask),
                        ask.from(),
                        why.fault,
                        why.cause,
                        why.fix,
                        ask.proof() == null ? Map.of() : ask.proof().facts(),
                        null));
        return new Reply.Refused(why.told);
    }

    private static String told(Ask ask) {
        return HardwareId.find(ask.deviceId())
                .map(HardwareId::text)
                .orElseGet(() -> ask.deviceId()
                        .substring(0, Math.min(MAX_TOLD, ask.deviceId().length())));
    }

    private void audit(Visit visit, Purpose purpose, String target, String outcome) {
        books.audit()
                .record(new AuditRecord(
                        visit.at(), "station " + visit.station(), visit.address(), API, purpose.word, target, outcome));
    }
}
