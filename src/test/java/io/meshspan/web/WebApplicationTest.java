package io.meshspan.web;

import io.meshspan.MeshspanApplication;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/** The whole application with the demo's users, the two processes of {@code web/} and an in-memory database. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ActiveProfiles("demo")
@Import(TwoClusters.class)
@SpringBootTest(
        classes = MeshspanApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:web",
            "meshspan.emergency.requesters=olivia",
            "camunda.bpm.deployment-resource-pattern=classpath*:forms/*.form,classpath*:web/*.bpmn"
        })
@ExtendWith(EngineOfContext.class)
@interface WebApplicationTest {}
