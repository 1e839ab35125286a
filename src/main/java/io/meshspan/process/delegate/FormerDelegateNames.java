package io.meshspan.process.delegate;

import java.util.Map;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A change under way keeps the diagrams with which it began, and these name delegates as they were called then: what an
 * earlier release called a delegate stays a name of it.
 */
@Configuration
class FormerDelegateNames {

    /** By the name of today. */
    static final Map<String, String> FORMER = Map.of(
            "acquireLeasesDelegate", "holdClustersDelegate",
            "releaseLeaseDelegate", "giveClusterBackDelegate",
            "revokeRemoteSecretsDelegate", "takeBackAccessDelegate");

    @Bean
    static BeanFactoryPostProcessor delegateAliases() {
        return beans -> FORMER.forEach(beans::registerAlias);
    }
}
