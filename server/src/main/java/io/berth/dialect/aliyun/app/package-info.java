/// Alibaba's applications: how they log in to subscribe (spec aliyun-openapi 4.1), and events in the words they
/// know (spec aliyun-openapi 4.3).
///
/// [io.berth.dialect.aliyun.app.AliyunNotifications] renders an event and knows nothing of who reads it, or
/// over what.
@NullMarked
package io.berth.dialect.aliyun.app;

import org.jspecify.annotations.NullMarked;
