package io.berth.dialect.huawei.rest;

import static io.berth.core.caller.Area.RULES;
import static io.berth.dialect.huawei.rest.Operation.add;
import static io.berth.dialect.huawei.rest.Operation.delete;
import static io.berth.dialect.huawei.rest.Operation.get;
import static io.berth.dialect.huawei.rest.Operation.put;

import io.berth.dialect.huawei.rest.Catalogue.Section;
import io.berth.dialect.huawei.rest.HuaweiLinkageRoutes.ChangedRule;
import io.berth.dialect.huawei.rest.HuaweiLinkageRoutes.NewRule;
import io.berth.dialect.huawei.rest.HuaweiLinkageRoutes.NewStatus;
import io.berth.dialect.huawei.rest.HuaweiLinkageRoutes.RuleOnly;
import io.berth.dialect.huawei.rest.HuaweiLinkageRoutes.Wanted;
import java.util.List;

/// The routes of device linkage (spec huawei-iotda-routes 7.8).
final class LinkageRows {
    private LinkageRows() {}

    static Section section(HuaweiLinkageRoutes on) {
        String one = "rules/{rule_id}";
        return new Section(
                "7.8",
                "Linkage rules",
                List.of(
                        add("CreateRule", "rules", RULES, NewRule.class, on::create),
                        get("ListRules", "rules", RULES, Wanted.class, on::list),
                        get("ShowRule", one, RULES, RuleOnly.class, on::show),
                        put("UpdateRule", one, RULES, ChangedRule.class, on::update),
                        delete("DeleteRule", one, RULES, RuleOnly.class, on::delete),
                        put("ChangeRuleStatus", one + "/status", RULES, NewStatus.class, on::change)));
    }
}
