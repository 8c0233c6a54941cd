package dev.sea.integrations.openapi;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/**
 * Sets for each member of an answer whether it is required and whether it may be null, from the record. A member that is
 * not {@link Nullable} is required. A nullable one may be null, or is missing if the record leaves nulls out.
 *
 * <p>In bodies of requests, annotations say what is required, because that depends on the call. There null means absent,
 * and unknown members are refused.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class RequiredMembers implements OASFilter {
    private static final DotName NAMED =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName SPREAD = DotName.createSimple(JsonAnyGetter.class);
    private static final DotName INCLUDE = DotName.createSimple(JsonInclude.class);
    private static final String OURS = "dev.sea.integrations";
    private static final String OF_REQUESTS = "Input";

    private final IndexView index;

    /** Called by SmallRye with the index of the application's classes. */
    public RequiredMembers(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, ClassInfo> types = new HashMap<>();
        for (ClassInfo type : index.getKnownClasses()) {
            if (type.isRecord() && type.name().toString().startsWith(OURS)) {
                // A name in an annotation wins: a class of the same name may be in no answer.
                named(type)
                        .ifPresentOrElse(
                                name -> types.put(name, type), () -> types.putIfAbsent(type.simpleName(), type));
            }
        }
        document.getComponents().getSchemas().forEach((name, schema) -> {
            ClassInfo type = types.get(name);
            if (name.endsWith(OF_REQUESTS)) {
                schema.setAdditionalPropertiesBoolean(false);
            }
            if (type != null && schema.getProperties() != null) {
                if (name.endsWith(OF_REQUESTS)) {
                    allowNulls(document, schema, type);
                } else {
                    complete(document, schema, type);
                }
            }
        });
    }

    private static Optional<String> named(ClassInfo type) {
        return Optional.ofNullable(type.declaredAnnotation(NAMED))
                .map(annotation -> annotation.value("name"))
                .map(AnnotationValue::asString);
    }

    private static void allowNulls(OpenAPI document, Schema schema, ClassInfo type) {
        for (RecordComponentInfo component : type.recordComponentsInDeclarationOrder()) {
            Schema member = schema.getProperties().get(component.name());
            if (member != null && !isOptional(component) && component.type().hasAnnotation(NULLABLE)) {
                schema.addProperty(component.name(), orNull(document, member));
            }
        }
    }

    /** What a merge patch has. SmallRye lets it be null, and {@link InputRules} says where that is wrong. */
    private static boolean isOptional(RecordComponentInfo component) {
        return component.type().kind() == Type.Kind.PARAMETERIZED_TYPE;
    }

    private static void complete(OpenAPI document, Schema schema, ClassInfo type) {
        List<String> required = new ArrayList<>();
        for (RecordComponentInfo component : type.recordComponentsInDeclarationOrder()) {
            Schema member = schema.getProperties().get(component.name());
            if (member == null) {
                continue;
            }
            if (type.method(component.name()).hasAnnotation(SPREAD)) {
                schema.removeProperty(component.name());
                continue;
            }
            String leftOut = leftOut(type, component);
            boolean nullable = component.type().hasAnnotation(NULLABLE);
            boolean mayBeMissing =
                    nullable ? !leftOut.isEmpty() : leftOut.equals("NON_EMPTY") && member.getItems() != null;
            if (!mayBeMissing) {
                required.add(component.name());
                if (nullable) {
                    schema.addProperty(component.name(), orNull(document, member));
                }
            }
        }
        if (!required.isEmpty()) {
            schema.setRequired(required);
        }
    }

    /** Which members Jackson leaves out, from the annotation of the component or else of the record. */
    private static String leftOut(ClassInfo type, RecordComponentInfo component) {
        return Stream.of(type.field(component.name()).annotation(INCLUDE), type.declaredAnnotation(INCLUDE))
                .filter(Objects::nonNull)
                .map(annotation -> annotation.value().asEnum())
                .findFirst()
                .orElse("");
    }

    private static Schema orNull(OpenAPI document, Schema member) {
        if (member.getRef() == null) {
            return member.addType(Schema.SchemaType.NULL);
        }
        // In OpenAPI 3.0, everything beside $ref is ignored, and nullable needs a type beside it.
        String name = member.getRef().substring(member.getRef().lastIndexOf('/') + 1);
        Schema named = document.getComponents().getSchemas().getOrDefault(name, member);
        List<Schema.SchemaType> types = new ArrayList<>(named.getType());
        types.add(Schema.SchemaType.NULL);
        if (named.getProperties() != null) {
            return OASFactory.createSchema().addAllOf(member).type(types);
        }
        // A generator for Python overlooks nullable beside allOf, and fails on null. So a text is repeated.
        return OASFactory.createSchema()
                .type(types)
                .format(named.getFormat())
                .pattern(named.getPattern())
                .enumeration(named.getEnumeration())
                .example(named.getExample());
    }
}
