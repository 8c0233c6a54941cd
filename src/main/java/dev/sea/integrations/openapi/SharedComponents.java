package dev.sea.integrations.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Makes operations refer to what {@code META-INF/openapi.yaml} describes once: parameters by their names, the ETag of an
 * answer that contains an integration or a destination, and the Location of a created one. Gives each operation its tag.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class SharedComponents implements OASFilter {
    private static final String INTEGRATION = "#/components/schemas/Integration";
    private static final String DESTINATION = "#/components/schemas/Destination";
    private static final String ETAG = "ETag";
    private static final String LOCATION = "Location";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Parameter> described = Map.copyOf(document.getComponents().getParameters());
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> {
                    operation.setTags(List.of(tag(path)));
                    operation.setParameters(parameters(operation, described));
                    operation.getResponses().getAPIResponses().forEach(SharedComponents::headers);
                }));
        described.keySet().stream()
                .filter(name -> !isReferred(document, name))
                .forEach(document.getComponents()::removeParameter);
    }

    private static boolean isReferred(OpenAPI document, String name) {
        String reference = OASFactory.createParameter().ref(name).getRef();
        return document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(operation -> operation.getParameters().stream())
                .anyMatch(parameter -> reference.equals(parameter.getRef()));
    }

    private static String tag(String path) {
        if (path.endsWith("/validations")) {
            return "Validations";
        }
        if (path.contains("/grants") || path.endsWith("/evidence")) {
            return "Grants";
        }
        if (path.contains("{id}/recordings")) {
            return "Recordings";
        }
        if (path.startsWith("/v1/integrations") || path.equals("/v1/summary")) {
            return "Integrations";
        }
        if (path.startsWith("/v1/destinations")) {
            return "Destinations";
        }
        if (path.startsWith("/v1/buckets")) {
            return "Buckets";
        }
        return path.equals("/v1/policies") || path.equals("/v1/external-ids") ? "Policies" : "Deployment";
    }

    private static List<Parameter> parameters(Operation operation, Map<String, Parameter> described) {
        return Optional.ofNullable(operation.getParameters()).orElse(List.of()).stream()
                .map(parameter -> shared(parameter, Optional.ofNullable(described.get(parameter.getName()))))
                .toList();
    }

    /** A parameter that an operation describes itself takes only the schema. */
    private static Parameter shared(Parameter parameter, Optional<Parameter> described) {
        if (described.isPresent() && parameter.getDescription() == null) {
            return OASFactory.createParameter().ref(parameter.getName());
        }
        described.ifPresent(known -> parameter.setSchema(known.getSchema()));
        return parameter;
    }

    private static void headers(String status, APIResponse answer) {
        if (shows(answer, INTEGRATION) || shows(answer, DESTINATION)) {
            answer.addHeader(ETAG, OASFactory.createHeader().ref(ETAG));
        }
        if (shows(answer, INTEGRATION) && status.equals("201")) {
            answer.addHeader(LOCATION, OASFactory.createHeader().ref(LOCATION));
        }
    }

    private static boolean shows(APIResponse answer, String schema) {
        return answer.getContent() != null
                && answer.getContent().getMediaTypes().values().stream()
                        .map(MediaType::getSchema)
                        .anyMatch(shown -> shown != null && schema.equals(shown.getRef()));
    }
}
