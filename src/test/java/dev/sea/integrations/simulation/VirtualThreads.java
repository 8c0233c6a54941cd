package dev.sea.integrations.simulation;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;

/**
 * Virtual threads on a scheduler of one's own. The JDK has no public way to make them (JEP 444 leaves it for later), so this
 * opens the package-private one; it needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}. The threads that such a thread
 * starts have the same scheduler.
 *
 * @see <a href="https://openjdk.org/jeps/444">JEP 444, Virtual Threads</a>
 */
final class VirtualThreads {
    private static final Method MAKE = method();

    private VirtualThreads() {}

    private static Method method() {
        try {
            Method make = Class.forName("java.lang.ThreadBuilders")
                    .getDeclaredMethod("newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
            make.setAccessible(true);
            return make;
        } catch (ReflectiveOperationException another) {
            throw new IllegalStateException("this JDK makes virtual threads in another way", another);
        }
    }

    /**
     * The thread whose work this is: the only thing that it captures.
     *
     * @param continuation as a scheduler gets it
     */
    static Thread of(Runnable continuation) {
        try {
            Field captured = continuation.getClass().getDeclaredFields()[0];
            captured.setAccessible(true);
            return (Thread) captured.get(continuation);
        } catch (IllegalAccessException another) {
            throw new IllegalStateException("this JDK keeps virtual threads in another way", another);
        }
    }

    /**
     * Starts a thread.
     *
     * @param scheduler gets the thread's next piece of work each time that it can go on
     */
    static void start(Executor scheduler, String name, Runnable work) {
        try {
            ((Thread) MAKE.invoke(null, scheduler, name, 0, work)).start();
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
