/// Huawei's applications: how they log in to subscribe (spec huawei-iotda 8.1), and events in the words they
/// know (spec huawei-iotda 9).
///
/// [io.berth.dialect.huawei.app.HuaweiNotifications] renders an event and knows nothing of who reads it, or
/// over what.
@NullMarked
package io.berth.dialect.huawei.app;

import org.jspecify.annotations.NullMarked;
