package io.berth;

import io.berth.api.CertificateEndpoints;
import io.berth.core.alarm.Alarms;
import io.berth.core.caller.Nonces;
import io.berth.core.certificate.PlatformAuthority;
import io.berth.core.device.Devices;
import io.berth.core.line.CertificateDesk;
import io.berth.core.line.Line;
import io.berth.core.line.LineBatches;
import io.berth.core.line.LineRules;
import io.berth.core.line.LineUnits;
import io.berth.core.line.StationLogins;
import io.berth.core.line.Stations;
import io.berth.core.login.RefusedCalls;
import io.berth.core.product.Products;
import io.berth.ops.Metrics;
import io.berth.storage.Storage;
import java.time.InstantSource;

/// What burns identities into devices, over the stores.
///
/// @param certificates where the line fetches them
record FactoryLine(Line operated, CertificateDesk desk, CertificateEndpoints certificates) {
    /// Whom it works with.
    ///
    /// @param authority makes certificates of stations
    record Ways(
            Products products,
            Devices devices,
            PlatformAuthority authority,
            Nonces nonces,
            RefusedCalls refused,
            Alarms alarms) {}

    static FactoryLine over(Storage storage, Ways ways, LineRules rules, InstantSource clock) {
        CertificateDesk desk = new CertificateDesk(
                new StationLogins(storage.stations(), ways.nonces(), rules, clock),
                storage.lineUnits(),
                ways.devices(),
                new CertificateDesk.Books(storage.audit(), ways.refused(), ways.alarms()),
                rules,
                clock);
        Line line = new Line(
                new Stations(storage.stations(), ways.authority(), rules, clock),
                new LineBatches(storage.lineUnits(), ways.products(), rules, clock),
                new LineUnits(storage.lineUnits(), ways.devices(), ways.alarms()),
                ways.products());
        return new FactoryLine(line, desk, new CertificateEndpoints(desk, rules));
    }

    /// What can be read off it at any moment.
    void register(Metrics metrics) {
        metrics.count("berth.line.issued", "Identities handed out to the line", desk::issued);
        metrics.count("berth.line.confirmed", "Devices that were confirmed to carry their identity", desk::confirmed);
        metrics.count("berth.line.refused", "Requests of the line that were refused", desk::refused);
    }
}
