import java.util.List;
import sea.ApiClient;
import sea.ApiException;
import sea.api.IntegrationsApi;
import sea.api.ValidationsApi;
import sea.model.AccessInput;
import sea.model.AccessMethod;
import sea.model.EditInput;
import sea.model.GatewayMessage;
import sea.model.Integration;
import sea.model.IntegrationInput;
import sea.model.Problem;
import sea.model.ReportStatus;
import sea.model.TargetInput;

/** Validates, creates, edits, lists and deletes with the generated client. */
class Walk {
    private static final String NAME = "From Java";

    public static void main(String[] args) throws Exception {
        IntegrationsApi integrations = new IntegrationsApi(client(of("SEA_TOKEN")));
        ValidationsApi validations = new ValidationsApi(client(of("SEA_TOKEN")));

        AccessInput role = new AccessInput()
                .method(AccessMethod.ASSUME_ROLE)
                .roleArn(of("ROLE_ARN"))
                .externalId(of("EXTERNAL_ID"));
        expect(validations.validateDraft(draft(of("BUCKET_OF_ROLE"), role)).getStatus(), ReportStatus.HEALTHY);

        AccessInput key = new AccessInput()
                .method(AccessMethod.ACCESS_CREDENTIAL)
                .accessKeyId(of("ACCESS_KEY_ID"))
                .secretAccessKey(of("SECRET_ACCESS_KEY"));
        IntegrationInput input = draft(of("BUCKET_OF_KEY"), key).name(NAME).description("Made by a generated client");
        Integration made = integrations.createIntegration(input, null, "walk-java");
        expect(made.getValidation().getStatus(), ReportStatus.HEALTHY);
        expect(validations.validateIntegration(made.getId()).getStatus(), ReportStatus.HEALTHY);

        var edited = integrations.editIntegrationWithHttpInfo(
                made.getId(), tag(made), new EditInput().description(null));
        expect(edited.getData().getDescription(), "");
        expect(edited.getHeaders().get("etag").getFirst(), tag(edited.getData()));
        expect(problem(() -> integrations.editIntegration(made.getId(), tag(made), new EditInput())).getStatus(), 412);
        List<Integration> listed =
                integrations.listIntegrations(null, null, null, "from j", null).getItems();
        expect(listed, List.of(integrations.getIntegration(made.getId())));

        integrations.deleteIntegration(made.getId(), tag(edited.getData()));
        expect(problem(() -> integrations.getIntegration(made.getId())).getType(), "urn:sea:problem:not-found");

        ApiClient stranger = client("nobody");
        String refused = failure(() -> new IntegrationsApi(stranger).getIntegration(made.getId())).getResponseBody();
        expect(stranger.getObjectMapper().readValue(refused, GatewayMessage.class).getMessage(), "Unauthorized");
    }

    private static IntegrationInput draft(String bucket, AccessInput access) {
        return new IntegrationInput()
                .type(IntegrationInput.TypeEnum.S3)
                .target(new TargetInput().region("us-east-1").bucket(bucket))
                .access(access);
    }

    private static ApiClient client(String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(of("SEA_URL"));
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        return client;
    }

    private static String tag(Integration integration) {
        return "\"" + integration.getVersion() + "\"";
    }

    private static Problem problem(Call call) throws Exception {
        return new ApiClient().getObjectMapper().readValue(failure(call).getResponseBody(), Problem.class);
    }

    private static ApiException failure(Call call) throws Exception {
        try {
            call.make();
        } catch (ApiException refused) {
            return refused;
        }
        throw new AssertionError("an error expected");
    }

    private interface Call {
        void make() throws ApiException;
    }

    private static void expect(Object got, Object wanted) {
        if (!wanted.equals(got)) {
            throw new AssertionError(wanted + " expected, got " + got);
        }
    }

    private static String of(String variable) {
        return System.getenv(variable);
    }
}
