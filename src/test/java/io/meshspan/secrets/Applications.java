package io.meshspan.secrets;

import io.meshspan.audit.ChangeFilter;
import io.meshspan.audit.Changes;
import io.meshspan.evidence.EvidenceExport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;

/** Every application that starts in this process: its database and its evidence are searched before it closes. */
public final class Applications implements ApplicationListener<ApplicationContextEvent> {

    private static final Set<ApplicationContext> RUNNING = ConcurrentHashMap.newKeySet();

    /** Changes as they stood: the application that tests share has hundreds in the end, and few are new after a class. */
    private static final Set<String> SEARCHED = ConcurrentHashMap.newKeySet();

    private static volatile boolean watched;

    /** In the processes that tests start nobody knows what to search for. */
    static void watch(boolean watch) {
        watched = watch;
    }

    @Override
    public void onApplicationEvent(ApplicationContextEvent event) {
        ApplicationContext application = event.getApplicationContext();
        if (event instanceof ContextRefreshedEvent
                && application.getBeanProvider(DataSource.class).getIfAvailable() != null) {
            RUNNING.add(application);
        } else if (event instanceof ContextClosedEvent && RUNNING.remove(application) && watched) {
            search(application);
        }
    }

    static void search() {
        List.copyOf(RUNNING).forEach(Applications::search);
    }

    private static void search(ApplicationContext application) {
        SearchedDatabase.search(application.getBean(DataSource.class), "the database of an application");
        try {
            evidence(application);
        } catch (RuntimeException e) {
            LeakedSecrets.notSearched("the evidence of an application", e);
        }
    }

    private static void evidence(ApplicationContext application) {
        Changes changes = application.getBean(Changes.class);
        EvidenceExport evidence = application.getBean(EvidenceExport.class);
        changes.find(ChangeFilter.ALL).stream()
                .filter(change -> SEARCHED.add(change.sealed()))
                .forEach(change -> {
                    String where = "the evidence of change %s of mesh %s".formatted(change.id(), change.mesh());
                    LeakedSecrets.add(TestSecrets.NEEDLES.in(evidence.json(change, "auditor")), where);
                    LeakedSecrets.add(
                            TestSecrets.NEEDLES.in(
                                    evidence.html(change, "auditor").getBytes(StandardCharsets.UTF_8)),
                            where);
                });
    }
}
