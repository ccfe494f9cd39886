package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import java.util.List;

/// The vendor's account (spec aliyun-openapi 3.2): here the service is open.
final class AccountActions implements Action.Group {
    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.PLATFORM, Family.THINGS);
        return List.of(
                about.reads("OpenIotService", Nothing.class, _ -> Value.Fields.of("OrderId", new Value.Text(""))));
    }

    record Nothing() {}
}
