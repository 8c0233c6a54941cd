package dev.sea.integrations.openapi;

import dev.sea.integrations.rule.ValueOf;
import dev.sea.integrations.rule.Values;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;

/**
 * Writes the rules of values into the schemas of requests: lengths and patterns, where a component is a {@link ValueOf}. Also
 * makes the schemas of the parts of a merge patch, which are those of the whole, but require nothing.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class InputRules implements OASFilter {
    private static final DotName VALUE_OF = DotName.createSimple(ValueOf.class);
    private static final DotName NOT_NULL = DotName.createSimple(NotNull.class);
    private static final String OF_REQUESTS = "Input";
    private static final String OF_PATCHES = "EditInput";

    /** The members of a patch that are patches themselves, and the schema of each as a whole. */
    private static final Map<String, String> PARTS = Map.of("target", "TargetInput", "access", "AccessInput");

    private final IndexView index;

    /** Called by SmallRye with the index of the application's classes. */
    public InputRules(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        for (ClassInfo type : index.getKnownClasses()) {
            if (type.isRecord() && type.simpleName().endsWith(OF_REQUESTS) && schemas.containsKey(type.simpleName())) {
                Schema schema = known(schemas, type.simpleName());
                type.fields().stream()
                        .filter(field -> schema.getProperties().containsKey(field.name()))
                        .forEach(field -> complete(schema, field));
            }
        }
        Schema patch = known(schemas, OF_PATCHES);
        PARTS.forEach((member, whole) -> patch.addProperty(member, part(document, whole)));
    }

    private static void complete(Schema schema, FieldInfo field) {
        Schema member = known(schema.getProperties(), field.name());
        if (field.hasDeclaredAnnotation(NOT_NULL)
                && field.declaredAnnotation(NOT_NULL).value("groups") == null
                && !Optional.ofNullable(schema.getRequired()).orElse(List.of()).contains(field.name())) {
            schema.addRequired(field.name());
        }
        if (field.type().kind() == Type.Kind.PARAMETERIZED_TYPE
                && !field.annotations(NOT_NULL).isEmpty()) {
            member.removeType(Schema.SchemaType.NULL);
        }
        if (member.getEnumeration() != null) {
            member.setPattern(null);
        }
        field.annotations(VALUE_OF).stream()
                .map(rule -> Values.named(rule.value().asClass().name().toString()))
                .findFirst()
                .ifPresent(value -> limit(member, value));
    }

    /** A reference to the schema of a part. Its members are those of the whole, but none is required. */
    private static Schema part(OpenAPI document, String whole) {
        String part = whole.substring(0, whole.length() - OF_REQUESTS.length()) + OF_PATCHES;
        document.getComponents()
                .addSchema(
                        part,
                        OASFactory.createSchema()
                                .addType(Schema.SchemaType.OBJECT)
                                .properties(known(document.getComponents().getSchemas(), whole)
                                        .getProperties())
                                .additionalPropertiesBoolean(false));
        return OASFactory.createSchema().ref(part);
    }

    private static Schema known(Map<String, Schema> schemas, String name) {
        return Objects.requireNonNull(schemas.get(name), name);
    }

    private static void limit(Schema member, Values.Value value) {
        if (value.minLength() > 0) {
            member.setMinLength(value.minLength());
        }
        if (value.maxLength() < Integer.MAX_VALUE) {
            member.setMaxLength(value.maxLength());
        }
        if (!value.pattern().isEmpty()) {
            member.setPattern("^" + value.pattern() + "$");
        }
    }
}
