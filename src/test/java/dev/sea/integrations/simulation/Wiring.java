package dev.sea.integrations.simulation;

import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One process of the service: its beans, each made once by its own constructor, as Quarkus does it. What the beans keep in
 * memory ends with it.
 */
public final class Wiring {
    private static final Map<Class<?>, Constructor<?>> CONSTRUCTORS = new ConcurrentHashMap<>();

    private final Map<Class<?>, Object> beans = new HashMap<>();
    private final Map<Class<?>, Class<?>> implementations = new HashMap<>();

    /** Uses this one in place of one made by its constructor. */
    <T> Wiring given(Class<T> type, T bean) {
        return put(type, bean);
    }

    /** The same for a type that has no name here. */
    Wiring put(Class<?> type, Object bean) {
        beans.put(type, type.cast(bean));
        return this;
    }

    /** Uses the bean of a class wherever this interface is asked for. */
    Wiring implemented(Class<?> type, Class<?> implementation) {
        implementations.put(type, implementation);
        return this;
    }

    /** The bean of a type. */
    public <T> T bean(Class<T> type) {
        Object known = beans.get(type);
        if (known == null) {
            Class<?> implementation = implementations.get(type);
            known = implementation == null ? made(type) : bean(implementation);
            beans.put(type, known);
        }
        return type.cast(known);
    }

    private Object made(Class<?> type) {
        Constructor<?> constructor = CONSTRUCTORS.computeIfAbsent(type, Wiring::constructor);
        Object[] needs =
                Arrays.stream(constructor.getParameterTypes()).map(this::bean).toArray();
        try {
            return constructor.newInstance(needs);
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException broken) {
            throw new IllegalStateException("no bean of " + type, broken);
        }
    }

    private static Constructor<?> constructor(Class<?> type) {
        Constructor<?>[] all = type.getDeclaredConstructors();
        Constructor<?> chosen = Arrays.stream(all)
                .filter(it -> all.length == 1 || it.isAnnotationPresent(Inject.class))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type + " cannot be made: give one"));
        chosen.setAccessible(true);
        return chosen;
    }
}
