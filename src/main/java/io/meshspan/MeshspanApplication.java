package io.meshspan;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service: engine, web applications and REST in one process. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class MeshspanApplication {

    public static void main(String[] args) {
        SpringApplication.run(MeshspanApplication.class, args);
    }
}
