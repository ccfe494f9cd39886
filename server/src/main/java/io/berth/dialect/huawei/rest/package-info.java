/// Huawei's REST interface for applications (spec huawei-iotda 6, 7, 11).
///
/// [io.berth.dialect.huawei.rest.HuaweiRest] finds the route in the [io.berth.dialect.huawei.rest.Catalogue],
/// learns from the [io.berth.dialect.huawei.rest.Entrance] who calls, reads the route's input record and hands
/// both to the route's handler, which calls one core service and answers a record. Members of records are
/// the vendor's, in Java's spelling: `deviceId` is `device_id` on the wire. Codes are in
/// [io.berth.dialect.huawei.device.HuaweiProblems].
@NullMarked
package io.berth.dialect.huawei.rest;

import org.jspecify.annotations.NullMarked;
