package io.meshspan.engine.identity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.camunda.bpm.engine.identity.PasswordPolicy;
import org.camunda.bpm.engine.identity.PasswordPolicyRule;
import org.camunda.bpm.engine.impl.identity.PasswordPolicyLengthRuleImpl;
import org.camunda.bpm.engine.impl.identity.PasswordPolicyUserDataRuleImpl;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the engine asks of each password that is set: at the start, in the Admin application, by REST. They are Camunda's own
 * rules, which Admin has words for.
 *
 * @param minLength How many characters a password has at least; spaces around it do not count.
 */
@Validated
@ConfigurationProperties("meshspan.passwords")
record PasswordRules(@DefaultValue("12") @Min(8) @Max(64) int minLength) implements PasswordPolicy {

    @Override
    public List<PasswordPolicyRule> getRules() {
        return List.of(new StrippedLength(minLength), new PasswordPolicyUserDataRuleImpl());
    }

    String inWords() {
        return "password: expected at least %d characters, and none of the user's id, names and email in it"
                .formatted(minLength);
    }

    /** What was expected and what was found, without the password. */
    String words(PasswordPolicyRule broken, String password) {
        return broken instanceof PasswordPolicyUserDataRuleImpl
                ? "expected none of the user's id, names and email in it, found one"
                : "expected at least %d characters, found %d"
                        .formatted(minLength, password.strip().length());
    }

    private static final class StrippedLength extends PasswordPolicyLengthRuleImpl {

        StrippedLength(int minLength) {
            super(minLength);
        }

        @Override
        public boolean execute(String password) {
            return super.execute(password.strip());
        }
    }
}
