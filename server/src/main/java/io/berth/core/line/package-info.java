/// Identities for devices while they are made (spec aliyun-openapi 5): a device, or the station that burns
/// it, names its hardware id and gets the identity that waits for it.
///
/// Operators list hardware ids in batches and let stations in. `CertificateDesk` answers: it asks
/// `StationLogins` who calls, registers the device once through `Devices`, and hands its secret out for as
/// long as the batch allows. `LineWatch` raises alarms where one id seems to be in two devices. A unit refers
/// to its device and keeps no secret.
@NullMarked
package io.berth.core.line;

import org.jspecify.annotations.NullMarked;
