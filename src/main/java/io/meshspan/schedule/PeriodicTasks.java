package io.meshspan.schedule;

import io.meshspan.finding.SanitizedException;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.util.ErrorHandler;

/**
 * Schedulers for periodic tasks, including Spring's own for {@code @Scheduled}. If a task fails in an unexpected way, the
 * failure is logged and the task runs again at its next time. Without an error handler it would never run again, and nobody
 * would notice.
 */
@Component
public final class PeriodicTasks implements ThreadPoolTaskSchedulerCustomizer, DisposableBean {

    private final Queue<ThreadPoolTaskScheduler> made = new ConcurrentLinkedQueue<>();

    /**
     * A scheduler with its own threads, so that its tasks do not wait for other tasks. Whoever submits a task to it and waits
     * for the result gets the task's exception: the error handler would make it no result at all.
     */
    public ThreadPoolTaskScheduler scheduler(String name, int threads) {
        ThreadPoolTaskScheduler scheduler = new SubmittingScheduler();
        scheduler.setThreadNamePrefix(name + "-");
        scheduler.setPoolSize(threads);
        customize(scheduler);
        scheduler.initialize();
        made.add(scheduler);
        return scheduler;
    }

    @Override
    public void customize(ThreadPoolTaskScheduler scheduler) {
        scheduler.setErrorHandler(new LoggedErrors());
        scheduler.setDaemon(true);
        scheduler.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void destroy() {
        made.forEach(ThreadPoolTaskScheduler::shutdown);
    }

    private static final class SubmittingScheduler extends ThreadPoolTaskScheduler {

        private static final long serialVersionUID = 1;

        @Override
        public <T> Future<T> submit(Callable<T> task) {
            FutureTask<T> result = new FutureTask<>(task);
            execute(result);
            return result;
        }
    }

    /** Logs only type and place, and each failure at most once a minute: some tasks run four times a second. */
    private static final class LoggedErrors implements ErrorHandler {

        private static final Logger LOG = LoggerFactory.getLogger(PeriodicTasks.class);
        private static final long MINUTE = Duration.ofMinutes(1).toNanos();

        private final Map<String, Long> told = new ConcurrentHashMap<>();

        @Override
        public void handleError(Throwable error) {
            SanitizedException end = new SanitizedException(error);
            String message = String.valueOf(end.getMessage());
            long now = System.nanoTime();
            Long before = told.get(message);
            if (before == null || now - before > MINUTE) {
                told.put(message, now);
                LOG.error(
                        "A periodic task on thread {} failed; it runs again at its next time",
                        Thread.currentThread().getName(),
                        end);
            }
        }
    }
}
