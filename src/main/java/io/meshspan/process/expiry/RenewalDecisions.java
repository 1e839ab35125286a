package io.meshspan.process.expiry;

import io.meshspan.approval.InvalidDecision;
import io.meshspan.engine.EngineContext;
import io.meshspan.engine.identity.TaskDecision;
import io.meshspan.engine.model.VariableNames;
import io.meshspan.expiry.RenewalDeferrals;
import io.meshspan.expiry.RenewalDeferrals.Deferral;
import io.meshspan.expiry.WatchedCredential;
import java.time.Instant;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Carries out a decision on credentials that end. A renewal is a separate change, requested by the deciding person: it
 * has the usual gates, so another person approves it.
 */
@Component
final class RenewalDecisions implements TaskDecision {

    private static final String RENEW = "renew";

    private final RenewalDeferrals deferrals;
    private final RuntimeService runtime;
    private final IdentityService identity;

    RenewalDecisions(RenewalDeferrals deferrals, @Lazy RuntimeService runtime, @Lazy IdentityService identity) {
        this.deferrals = deferrals;
        this.runtime = runtime;
        this.identity = identity;
    }

    @Override
    public String form() {
        return "decide-on-renewal";
    }

    @Override
    public void decided(DelegateTask task) {
        WatchedCredential kind = WatchedCredential.valueOf(String.valueOf(task.getVariable(ExpiryWatch.CREDENTIAL)));
        if (RENEW.equals(task.getVariable(VariableNames.DECISION))) {
            renew(task, kind);
        } else {
            defer(task, kind);
        }
    }

    private void renew(DelegateTask task, WatchedCredential kind) {
        String mesh = task.getExecution().getProcessBusinessKey();
        ProcessInstantiationBuilder start = runtime.createProcessInstanceByKey(kind.process()
                        .orElseThrow(() -> new InvalidDecision("decision: Meshspan does not renew these")))
                .businessKey(mesh)
                .setVariable("mesh", mesh)
                .setVariable(
                        VariableNames.REASON,
                        TaskDecision.reasonOfChange(
                                task, "Renewal: " + task.getVariable(VariableNames.RENEWAL_SUMMARY)));
        String where = text(task, CheckExpiryDelegate.WHERE);
        if (kind != WatchedCredential.ROOT && !where.isEmpty()) {
            start.setVariable(VariableNames.CLUSTERS, where);
        }
        task.setVariable(CheckExpiryDelegate.RENEWAL, start.execute().getProcessInstanceId());
    }

    private void defer(DelegateTask task, WatchedCredential kind) {
        String reason = TaskDecision.reason(task, "why the renewal can wait");
        deferrals.add(new Deferral(
                task.getExecution().getProcessBusinessKey(),
                kind,
                Instant.parse(text(task, CheckExpiryDelegate.END)),
                Integer.parseInt(text(task, CheckExpiryDelegate.DAYS)),
                task.getProcessInstanceId(),
                Optional.ofNullable(identity.getCurrentAuthentication())
                        .map(Authentication::getUserId)
                        .orElse(""),
                reason,
                EngineContext.now()));
    }

    private static String text(DelegateTask task, String name) {
        return String.valueOf(task.getVariable(name));
    }
}
