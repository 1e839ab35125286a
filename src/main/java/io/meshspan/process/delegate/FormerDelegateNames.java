package io.meshspan.process.delegate;

import java.util.Map;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A running change keeps the diagrams with which it started, and these use the delegate names of their release. So each
 * delegate keeps its names of earlier releases as aliases.
 */
@Configuration
class FormerDelegateNames {

    /** Keyed by the current name. */
    static final Map<String, String> FORMER = Map.of(
            "acquireLeasesDelegate", "holdClustersDelegate",
            "releaseLeaseDelegate", "giveClusterBackDelegate",
            "revokeRemoteSecretsDelegate", "takeBackAccessDelegate");

    @Bean
    static BeanFactoryPostProcessor delegateAliases() {
        return beans -> FORMER.forEach(beans::registerAlias);
    }
}
