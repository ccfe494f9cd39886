package io.berth.dialect.huawei.rest;

import static io.berth.core.caller.Area.RULES;
import static io.berth.dialect.huawei.rest.Operation.add;
import static io.berth.dialect.huawei.rest.Operation.delete;
import static io.berth.dialect.huawei.rest.Operation.get;
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
    private static final String BACKLOG = "routing-rule/backlog-policy";
    private static final String FLOW = "routing-rule/flowcontrol-policy";

    private final HuaweiForwardingRoutes rules;
    private final HuaweiActionRoutes actions;
    private final HuaweiBacklogRoutes backlogs;
    private final HuaweiFlowRoutes flows;

    ForwardingRows(RestServices services) {
        this.rules = new HuaweiForwardingRoutes(services);
        this.actions = new HuaweiActionRoutes(services);
        this.backlogs = new HuaweiBacklogRoutes(services);
        this.flows = new HuaweiFlowRoutes(services);
    }

    Section section() {
        String oneRule = RULE + "/{rule_id}";
        String oneAction = ACTION + "/{action_id}";
        String oneBacklog = BACKLOG + "/{policy_id}";
        String oneFlow = FLOW + "/{policy_id}";
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
                        add(
                                "CreateRoutingBacklogPolicy",
                                BACKLOG,
                                RULES,
                                HuaweiBacklogRoutes.NewPolicy.class,
                                backlogs::create),
                        get(
                                "ListRoutingBacklogPolicy",
                                BACKLOG,
                                RULES,
                                HuaweiBacklogRoutes.Wanted.class,
                                backlogs::list),
                        get(
                                "ShowRoutingBacklogPolicy",
                                oneBacklog,
                                RULES,
                                HuaweiBacklogRoutes.PolicyOnly.class,
                                backlogs::show),
                        put(
                                "UpdateRoutingBacklogPolicy",
                                oneBacklog,
                                RULES,
                                HuaweiBacklogRoutes.ChangedPolicy.class,
                                backlogs::update),
                        delete(
                                "DeleteRoutingBacklogPolicy",
                                oneBacklog,
                                RULES,
                                HuaweiBacklogRoutes.PolicyOnly.class,
                                backlogs::delete),
                        add(
                                "CreateRoutingFlowControlPolicy",
                                FLOW,
                                RULES,
                                HuaweiFlowRoutes.NewPolicy.class,
                                flows::create),
                        get("ListRoutingFlowControlPolicy", FLOW, RULES, HuaweiFlowRoutes.Wanted.class, flows::list),
                        get(
                                "ShowRoutingFlowControlPolicy",
                                oneFlow,
                                RULES,
                                HuaweiFlowRoutes.PolicyOnly.class,
                                flows::show),
                        put(
                                "UpdateRoutingFlowControlPolicy",
                                oneFlow,
                                RULES,
                                HuaweiFlowRoutes.ChangedPolicy.class,
                                flows::update),
                        delete(
                                "DeleteRoutingFlowControlPolicy",
                                oneFlow,
                                RULES,
                                HuaweiFlowRoutes.PolicyOnly.class,
                                flows::delete)));
    }
}
