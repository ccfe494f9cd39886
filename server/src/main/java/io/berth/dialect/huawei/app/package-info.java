/// Huawei's application side (spec huawei-iotda): for now AMQP queues.
///
/// [io.berth.dialect.huawei.app.HuaweiSubscriber] reads the login of an AMQP client; what it is then sent is
/// written by the notifications of this package. Knows nothing of AMQP's frames.
@NullMarked
package io.berth.dialect.huawei.app;

import org.jspecify.annotations.NullMarked;
