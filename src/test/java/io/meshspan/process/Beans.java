package io.meshspan.process;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.SimpleBeanDefinitionRegistry;
import org.springframework.context.annotation.AnnotationBeanNameGenerator;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;

/** The beans of the process room, by the names under which a diagram finds them; none is created. */
final class Beans {

    private static final AnnotationBeanNameGenerator NAMES = AnnotationBeanNameGenerator.INSTANCE;

    private Beans() {}

    static Set<String> ofType(Class<?> type) {
        return definitions()
                .filter(bean -> type.isAssignableFrom(loaded(bean)))
                .map(Beans::name)
                .collect(Collectors.toSet());
    }

    /** Whether the bean has a public method of that name, which is all that an expression can see. */
    static boolean offers(String bean, String method) {
        return definitions()
                .filter(definition -> name(definition).equals(bean))
                .flatMap(
                        definition -> java.util.Arrays.stream(loaded(definition).getMethods()))
                .anyMatch(m -> m.getName().equals(method));
    }

    private static java.util.stream.Stream<BeanDefinition> definitions() {
        return new ClassPathScanningCandidateComponentProvider(true).findCandidateComponents("io.meshspan").stream();
    }

    private static String name(BeanDefinition bean) {
        return NAMES.generateBeanName(bean, new SimpleBeanDefinitionRegistry());
    }

    private static Class<?> loaded(BeanDefinition bean) {
        try {
            return Class.forName(Objects.requireNonNull(bean.getBeanClassName()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
