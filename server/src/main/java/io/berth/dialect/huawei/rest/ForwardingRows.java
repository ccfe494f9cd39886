package io.berth.dialect.huawei.rest;

import static io.berth.core.caller.Area.RULES;
import static io.berth.dialect.huawei.rest.Operation.add;
import static io.berth.dialect.huawei.rest.Operation.delete;
import static io.berth.dialect.huawei.rest.Operation.get;
import static io.berth.dialect.huawei.rest.Operation.notBuilt;
import static io.berth.dialect.huawei.rest.Operation.put;

import io.berth.dialect.huawei.rest.Catalogue.Section;
import io.berth.dialect.huawei.rest.HuaweiActionRoutes.ActionOnly;
import io.berth.dialect.huawei.rest.HuaweiActionRoutes.ChangedAction;
import io.berth.dialect.huawei.rest.HuaweiActionRoutes.NewAction;
import io.berth.dialect.huawei.rest.HuaweiForwardingRoutes.ChangedRule;
import io.berth.dialect.huawei.rest.HuaweiForwardingRoutes.NewRule;
import io.berth.dialect.huawei.rest.HuaweiForwardingRoutes.RuleOnly;
import java.util.List;

/// The routes of data forwarding (spec huawei-iotda-routes 7.7).
final class ForwardingRows {
    private static final String RULE = "routing-rule/rules";
    private static final String ACTION = "routing-rule/actions";

    private final HuaweiForwardingRoutes rules;
    private final HuaweiActionRoutes actions;

    ForwardingRows(RestServices services) {
        this.rules = new HuaweiForwardingRoutes(services);
        this.actions = new HuaweiActionRoutes(services);
    }

    Section section() {
        String oneRule = RULE + "/{rule_id}";
        String oneAction = ACTION + "/{action_id}";
        return new Section(
                "7.7",
                "Forwarding rules, actions, policies",
                List.of(
                        add("CreateRoutingRule", RULE, RULES, NewRule.class, rules::create),
                        get("ListRoutingRules", RULE, RULES, HuaweiForwardingRoutes.Wanted.class, rules::list),
                        get("ShowRoutingRule", oneRule, RULES, RuleOnly.class, rules::show),
                        put("UpdateRoutingRule", oneRule, RULES, ChangedRule.class, rules::update),
                        delete("DeleteRoutingRule", oneRule, RULES, RuleOnly.class, rules::delete),
                        add("CreateRuleAction", ACTION, RULES, NewAction.class, actions::create),
                        get("ListRuleActions", ACTION, RULES, HuaweiActionRoutes.Wanted.class, actions::list),
                        get("ShowRuleAction", oneAction, RULES, ActionOnly.class, actions::show),
                        put("UpdateRuleAction", oneAction, RULES, ChangedAction.class, actions::update),
                        delete("DeleteRuleAction", oneAction, RULES, ActionOnly.class, actions::delete),
                        notBuilt("CreateRoutingBacklogPolicy", "POST", "routing-rule/backlog-policy"),
                        notBuilt("ListRoutingBacklogPolicy", "GET", "routing-rule/backlog-policy"),
                        notBuilt("ShowRoutingBacklogPolicy", "GET", "routing-rule/backlog-policy/{policy_id}"),
                        notBuilt("UpdateRoutingBacklogPolicy", "PUT", "routing-rule/backlog-policy/{policy_id}"),
                        notBuilt("DeleteRoutingBacklogPolicy", "DELETE", "routing-rule/backlog-policy/{policy_id}"),
                        notBuilt("CreateRoutingFlowControlPolicy", "POST", "routing-rule/flowcontrol-policy"),
                        notBuilt("ListRoutingFlowControlPolicy", "GET", "routing-rule/flowcontrol-policy"),
                        notBuilt("ShowRoutingFlowControlPolicy", "GET", "routing-rule/flowcontrol-policy/{policy_id}"),
                        notBuilt(
                                "UpdateRoutingFlowControlPolicy", "PUT", "routing-rule/flowcontrol-policy/{policy_id}"),
                        notBuilt(
                                "DeleteRoutingFlowControlPolicy",
                                "DELETE",
                                "routing-rule/flowcontrol-policy/{policy_id}")));
    }
}
