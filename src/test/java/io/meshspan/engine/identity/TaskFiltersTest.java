package io.meshspan.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.meshspan.approval.ChangeGates;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.entity.FilterEntity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskFiltersTest {

    private static final String APPROVALS = "Approvals waiting for me";
    private static final Map<String, Object> OLD = Map.of("priority", 7, "refresh", false);

    private static final ProcessEngine ENGINE = engine();

    private final FilterService filters = ENGINE.getFilterService();
    private final ChangeGates gates = mock(ChangeGates.class);

    @BeforeEach
    void gates() {
        when(gates.allDeciders()).thenReturn(Set.of("change-managers", "board"));
    }

    @AfterEach
    void clear() {
        filters.createTaskFilterQuery().list().forEach(filter -> filters.deleteFilter(filter.getId()));
    }

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void shouldBringTheFiltersOfAnEarlierVersionUpToDateAndWriteNothingWhenTheyAre() {
        String old = filters.saveFilter(filters.newTaskFilter(APPROVALS)
                        .setQuery(ENGINE.getTaskService().createTaskQuery().taskCandidateGroup("change-managers"))
                        .setProperties(OLD))
                .getId();

        start();

        FilterEntity approvals = (FilterEntity) filters.getFilter(old);
        assertThat(approvals.getProperties())
                .containsEntry("priority", 1)
                .containsEntry("variables", TaskSummaryListener.SHOWN);
        assertThat(approvals.getQueryInternal()).contains("currentUserGroups()").doesNotContain("change-managers");
        List<?> first = rows();

        start();

        assertThat(rows()).isEqualTo(first).hasSize(3);
    }

    @Test
    void shouldLeaveAPersonsOwnFilterOfTheSameNameAlone() {
        String own = filters.saveFilter(filters.newTaskFilter(APPROVALS)
                        .setOwner("carla")
                        .setQuery(ENGINE.getTaskService().createTaskQuery().taskAssignee("carla"))
                        .setProperties(OLD))
                .getId();

        start();

        assertThat(filters.getFilter(own).getProperties()).isEqualTo(OLD);
        assertThat(filters.createTaskFilterQuery().filterName(APPROVALS).count())
                .isEqualTo(2);
    }

    private static ProcessEngine engine() {
        ProcessEngineConfigurationImpl configuration = new StandaloneInMemProcessEngineConfiguration();
        configuration.setDmnEnabled(false);
        configuration.setProcessEngineName("filters");
        configuration.setJdbcUrl("jdbc:h2:mem:filters");
        return configuration.buildProcessEngine();
    }

    private void start() {
        Rights rights = new Rights(ENGINE.getAuthorizationService());
        new TaskFilters(filters, ENGINE.getTaskService(), rights, gates).create();
    }

    private List<?> rows() {
        return filters.createTaskFilterQuery().orderByFilterId().asc().list().stream()
                .map(TaskFiltersTest::row)
                .toList();
    }

    /** With its revision: an update that writes the same values shows as well. */
    private static List<?> row(Filter filter) {
        FilterEntity stored = (FilterEntity) filter;
        return List.of(stored.getId(), stored.getRevision(), stored.getQueryInternal(), stored.getProperties());
    }
}
