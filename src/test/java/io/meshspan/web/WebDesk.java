package io.meshspan.web;

import io.meshspan.MeshspanApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Import;

/** Starts the web applications with two clusters that nobody reaches, to look at the forms in a browser. */
@Import({MeshspanApplication.class, TwoClusters.class})
class WebDesk {

    public static void main(String[] args) {
        SpringApplication.run(WebDesk.class, args);
    }
}
