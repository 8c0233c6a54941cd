package dev.sea.integrations.testing;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The service's own types that Jackson reads or writes by reflection: what resources return, what the code gives to Jackson or
 * to a response, what carries Jackson's annotations or calls itself a view, and whatever any of these is made of.
 */
public final class JsonTypes {
    private static final String OURS = "dev.sea.integrations.";
    private static final String JACKSON = "com.fasterxml.jackson.";
    private static final Pattern JSON =
            Pattern.compile("(write|read|convert|update|valueToTree|treeToValue|putPOJO|addPOJO|pojoNode).*");
    private static final Set<String> RESPONSES =
            Set.of(Response.ResponseBuilder.class.getName() + ".entity", Response.class.getName() + ".ok");

    private final Set<Class<?>> found = new HashSet<>();
    private final Set<String> untold = new TreeSet<>();

    private final List<Class<?>> all;

    private JsonTypes(List<Class<?>> all) {
        this.all = all;
    }

    /**
     * Finds them.
     *
     * @param all the service's own classes
     * @param calls all calls in them
     */
    public static JsonTypes in(List<Class<?>> all, List<CompiledCode.Call> calls) {
        JsonTypes types = new JsonTypes(all);
        all.stream().filter(JsonTypes::isDeclared).forEach(types::add);
        all.stream()
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Arrays.stream(method.getAnnotations())
                        .anyMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class)))
                .forEach(method -> types.add(method.getGenericReturnType()));
        types.addGiven(calls);
        return types;
    }

    public Set<Class<?>> found() {
        return found;
    }

    /** Calls that give Jackson something of which the code does not say the type. */
    public Set<String> untold() {
        return untold;
    }

    private static boolean isDeclared(Class<?> type) {
        if (!type.isRecord() && !type.isEnum()) {
            return false;
        }
        Stream<AnnotatedElement> parts = Stream.of(
                        Stream.of(type),
                        Arrays.stream(type.getDeclaredMethods()),
                        Arrays.stream(type.getDeclaredFields()))
                .flatMap(each -> each);
        return type.getSimpleName().endsWith("View") || parts.anyMatch(JsonTypes::isAnnotated);
    }

    private static boolean isAnnotated(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(type ->
                        type.getName().startsWith(JACKSON) || type.isAnnotationPresent(JacksonAnnotationsInside.class));
    }

    private void add(Type type) {
        switch (type) {
            case ParameterizedType generic -> {
                add(generic.getRawType());
                Arrays.stream(generic.getActualTypeArguments()).forEach(this::add);
            }
            case WildcardType wildcard ->
                Arrays.stream(wildcard.getUpperBounds()).forEach(this::add);
            case GenericArrayType array -> add(array.getGenericComponentType());
            case Class<?> array when array.isArray() -> add(array.getComponentType());
            // What is written is one of those that implement it.
            case Class<?> open
            when open.getName().startsWith(OURS) && open.isInterface() && !open.isSealed() ->
                all.stream()
                        .filter(each -> open.isAssignableFrom(each) && !each.isInterface())
                        .forEach(this::add);
            case Class<?> own
            when own.getName().startsWith(OURS) && found.add(own) -> parts(own).forEach(this::add);
            default -> {}
        }
    }

    private static Stream<Type> parts(Class<?> type) {
        return Stream.concat(
                type.isRecord()
                        ? Arrays.stream(type.getRecordComponents()).map(RecordComponent::getGenericType)
                        : Stream.empty(),
                type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()) : Stream.empty());
    }

    /** A method of ours that passes on an Object or a Class that it was given takes JSON types as Jackson's own methods do. */
    private void addGiven(List<CompiledCode.Call> calls) {
        Set<CompiledCode.Method> passing = new HashSet<>();
        int before;
        do {
            before = passing.size();
            for (CompiledCode.Call call : calls) {
                if (takesJsonTypes(call.called()) || passing.contains(call.called())) {
                    addArguments(call, passing);
                }
            }
        } while (passing.size() > before);
    }

    private void addArguments(CompiledCode.Call call, Set<CompiledCode.Method> passing) {
        for (int i = 0; i < call.arguments().size(); i++) {
            if (!canBeAnything(call.called().type().parameterType(i))) {
                continue;
            }
            Optional<String> name = call.arguments().get(i).map(CompiledCode::name);
            if (isPassed(name, ConstantDescs.CD_Object, call) || isPassed(name, ConstantDescs.CD_Class, call)) {
                passing.add(call.caller());
            } else if (name.isEmpty() || isVague(name.get())) {
                untold.add("%s.%s gives %s.%s something whose type cannot be told"
                        .formatted(
                                call.caller().owner(),
                                call.caller().name(),
                                call.called().owner(),
                                call.called().name()));
            } else if (name.get().startsWith(OURS)) {
                add(named(name.get()));
            }
        }
    }

    private static boolean isPassed(Optional<String> argument, ClassDesc type, CompiledCode.Call call) {
        return argument.filter((type.packageName() + "." + type.displayName())::equals)
                        .isPresent()
                && call.caller().type().parameterList().contains(type);
    }

    private static boolean canBeAnything(ClassDesc type) {
        return type.equals(ConstantDescs.CD_Object) || type.equals(ConstantDescs.CD_Class);
    }

    private static boolean takesJsonTypes(CompiledCode.Method called) {
        boolean writes = called.owner().startsWith(JACKSON)
                ? JSON.matcher(called.name()).matches()
                : RESPONSES.contains(called.owner() + "." + called.name());
        return writes && called.type().parameterList().stream().anyMatch(JsonTypes::canBeAnything);
    }

    private static boolean isVague(String name) {
        return name.equals("java.lang.Object")
                || name.equals("java.lang.Record")
                || name.equals("java.lang.Class")
                || name.startsWith("java.util.");
    }

    static Class<?> named(String name) {
        try {
            return Class.forName(name, false, JsonTypes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
