package io.berth.front.mqtt;

import io.berth.core.Problem;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Writes down what it hears, in order.
final class RecordingDelivery implements Delivery {
    final List<Enum<?>> heard = new CopyOnWriteArrayList<>();

    @Override
    public void reached(DeliveryState state) {
        heard.add(state);
    }

    @Override
    public void failed(Problem problem, String detail) {
        heard.add(problem);
    }
}
