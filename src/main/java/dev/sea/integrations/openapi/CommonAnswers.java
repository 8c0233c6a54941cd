package dev.sea.integrations.openapi;

import dev.sea.integrations.problem.Problem;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Adds to each operation the problems that every operation may answer with, and gives each documented error the schema of
 * a {@link Problem}, so that annotations need only its status and description. Removes {@code /internal}, which is for the
 * scheduler only.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class CommonAnswers implements OASFilter {
    private static final String INTERNAL = "/internal/";

    /** From the status to the answer's name under {@code components.responses}. */
    private static final Map<String, String> EVERYWHERE = Map.of(
            "400", "BadRequest",
            "406", "NotAcceptable",
            "413", "BodyTooLarge",
            "429", "TooManyRequests",
            "500", "Internal",
            "503", "Unavailable");

    private static final Map<String, String> WITH_TOKEN = Map.of("401", "Unauthenticated", "403", "Forbidden");
    private static final Map<String, String> WITH_BODY = Map.of("415", "UnsupportedMediaType");
    private static final String NOT_FOUND = "404";
    private static final Pattern ERROR = Pattern.compile("[45][0-9]{2}");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        List<String> internal =
                new ArrayList<>(document.getPaths().getPathItems().keySet());
        internal.removeIf(path -> !path.startsWith(INTERNAL));
        internal.forEach(document.getPaths()::removePathItem);
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> complete(path, operation)));
    }

    private static void complete(String path, Operation operation) {
        Map<String, APIResponse> answers =
                new TreeMap<>(operation.getResponses().getAPIResponses());
        answers.forEach(CommonAnswers::showProblem);
        add(answers, EVERYWHERE);
        if (operation.getSecurity() == null || !operation.getSecurity().isEmpty()) {
            add(answers, WITH_TOKEN);
        }
        if (operation.getRequestBody() != null) {
            add(answers, WITH_BODY);
        }
        if (path.contains("{id}")) {
            answers.put(NOT_FOUND, reference("NotFound"));
        }
        operation.getResponses().setAPIResponses(answers);
    }

    private static void showProblem(String status, APIResponse answer) {
        if (ERROR.matcher(status).matches() && answer.getContent() == null) {
            MediaType problem = OASFactory.createMediaType()
                    .schema(OASFactory.createSchema().ref(Problem.class.getSimpleName()));
            answer.setContent(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, problem));
        }
    }

    private static void add(Map<String, APIResponse> answers, Map<String, String> common) {
        common.forEach((status, name) -> answers.putIfAbsent(status, reference(name)));
    }

    private static APIResponse reference(String name) {
        return OASFactory.createAPIResponse().ref(name);
    }
}
