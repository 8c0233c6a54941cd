package dev.sea.integrations.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.sea.integrations.problem.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of a JSON object, and collects what does not fit instead of stopping at the first. Nothing is converted: a
 * number is not a string, and {@code "true"} is not a boolean. A member of a wrong type reads as absent.
 *
 * <p>A component that is an {@code Optional} tells null, which is empty, from a member that is not there, which is null.
 */
final class StrictBinding {
    static final String UNKNOWN_MEMBER = "UNKNOWN_MEMBER";
    static final String WRONG_TYPE = "WRONG_TYPE";
    static final String OUT_OF_RANGE = "OUT_OF_RANGE";
    private static final int MAX_NAME_SHOWN = 64;

    /** What a member of each type may start with, and what the type is called. Any other type is an object. */
    private static final Map<Class<?>, Kind> KINDS = Map.of(
            String.class, new Kind("a string", EnumSet.of(JsonToken.VALUE_STRING)),
            Boolean.class, new Kind("true or false", EnumSet.of(JsonToken.VALUE_TRUE, JsonToken.VALUE_FALSE)),
            Integer.class, new Kind("a whole number", EnumSet.of(JsonToken.VALUE_NUMBER_INT)),
            Long.class, new Kind("a whole number", EnumSet.of(JsonToken.VALUE_NUMBER_INT)));

    private static final Kind OBJECT = new Kind("an object", EnumSet.of(JsonToken.START_OBJECT));

    private record Kind(String name, Set<JsonToken> tokens) {}

    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module().configureReadAbsentAsNull(true))
            .addModule(new SimpleModule().setDeserializerModifier(new Strict()))
            .addHandler(new UnknownMembers())
            .build();

    /**
     * Makes the record. Each member that is unknown or of a wrong type is added to {@code errors}.
     */
    <T> T bind(ObjectNode members, Class<T> type, List<FieldError> errors) {
        try {
            return mapper.readerFor(type)
                    .withAttribute(FieldError.class, errors)
                    .readValue(members);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @SuppressWarnings("unchecked")
    private static void refuse(DeserializationContext context, String pointer, String code, String message) {
        ((List<FieldError>) context.getAttribute(FieldError.class)).add(new FieldError(pointer, code, message));
    }

    private static String pointer(JsonStreamContext context) {
        return context.getParent() == null ? name(context) : pointer(context.getParent()) + name(context);
    }

    private static String name(JsonStreamContext context) {
        return context.hasCurrentName() ? "/" + shown(context.getCurrentName()) : "";
    }

    private static String shown(String name) {
        String cut = name.length() <= MAX_NAME_SHOWN ? name : name.substring(0, MAX_NAME_SHOWN) + "...";
        return cut.replace("~", "~0").replace("/", "~1");
    }

    private static final class UnknownMembers extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object record,
                String name)
                throws IOException {
            refuse(context, pointer(parser.getParsingContext()), UNKNOWN_MEMBER, "This member is unknown.");
            parser.skipChildren();
            return true;
        }
    }

    private static final class Strict extends BeanDeserializerModifier {
        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
            return new OfKind(KINDS.getOrDefault(deserializer.handledType(), OBJECT), deserializer);
        }
    }

    private static final class OfKind extends DelegatingDeserializer {
        private final transient Kind kind;

        OfKind(Kind kind, JsonDeserializer<?> deserializer) {
            super(deserializer);
            this.kind = kind;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> deserializer) {
            return new OfKind(kind, deserializer);
        }

        @Override
        public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (kind.tokens().contains(parser.currentToken())) {
                try {
                    return super.deserialize(parser, context);
                } catch (InputCoercionException tooLarge) {
                    refuse(context, pointer(parser.getParsingContext()), OUT_OF_RANGE, "This number is too large.");
                    return null;
                }
            }
            refuse(
                    context,
                    pointer(parser.getParsingContext()),
                    WRONG_TYPE,
                    "This member must be " + kind.name() + ".");
            parser.skipChildren();
            return null;
        }
    }
}
