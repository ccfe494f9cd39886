package io.berth.dialect;

import io.berth.core.ProblemException;
import io.berth.core.certificate.CertificateLogins;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceLogStore;
import io.berth.core.device.Devices;
import io.berth.core.device.Tags;
import io.berth.core.enrol.Enrolments;
import io.berth.core.enrol.Units;
import io.berth.core.product.Products;
import io.berth.core.product.RemoteConfigStore;
import io.berth.core.product.Scripts;
import io.berth.core.session.Topology;
import io.berth.core.state.ShadowStore;
import io.berth.core.state.Things;
import java.time.InstantSource;
import java.util.function.Supplier;

/// What a dialect may ask of the platform on behalf of a device. All but `directory`, `units`, `filesUrl`
/// and `clock` may block: from a [Reading.Later] only.
///
/// @param filesUrl where devices reach this server by HTTP, without a slash at the end; asked each time,
/// because a listener on a free port has its address only once it is open
public record DeviceServices(
        Things things,
        ShadowStore shadows,
        Tags tags,
        Topology topology,
        Devices devices,
        Products products,
        DeviceDirectory directory,
        Enrolments enrolments,
        Units units,
        RemoteConfigStore configs,
        DeviceLogStore logs,
        Scripts scripts,
        CertificateLogins certificates,
        Rules rules,
        Supplier<String> filesUrl,
        InstantSource clock) {
    /// How devices are met where vendors leave a choice.
    ///
    /// @param strictReports whether a value that does not fit the thing model is an error to the device; else
    /// it is dropped and counted, and the rest is kept
    /// @param maxChildren how many devices may stand behind a gateway
    /// @param movesChildren whether a gateway may add a device that stands behind another
    /// @param filesUrl where devices reach this server by HTTP, without a slash at the end; empty for
    /// the web listener as it is bound
    /// @param childrenPerSecond how many devices one gateway may add, register or log in within a second; 0
    /// means any number
    public record Rules(
            boolean strictReports, int maxChildren, boolean movesChildren, String filesUrl, int childrenPerSecond) {
        public static final Rules DEFAULT = new Rules(false, 2000, true, "", 200);

        public Rules {
            ProblemException.require(
                    maxChildren >= 1 && maxChildren <= 100_000, "things.max-children must be 1 to 100000");
            ProblemException.require(childrenPerSecond >= 0, "things.children-per-second is at least 0");
            ProblemException.require(
                    filesUrl.isEmpty() || filesUrl.matches("https?://.*[^/]"),
                    "things.files-url begins with http:// or https:// and does not end with a slash");
        }
    }
}
