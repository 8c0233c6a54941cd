package dev.sea.integrations.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.sea.integrations.testing.Account;
import dev.sea.integrations.testing.Customer;
import dev.sea.integrations.testing.Drafts;
import dev.sea.integrations.testing.Gateway;
import dev.sea.integrations.testing.LocalAws;
import dev.sea.integrations.testing.StoredData;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What clients rely on that keep an integration as they want it, such as a Terraform provider: they read what they sent, and
 * sending it again does nothing.
 */
@QuarkusTest
class ReadBackTest {
    private static final String ALL = "/v1/integrations";
    private static final String NOTHING = "null";

    /** What an edit may ask of AWS that changes nothing. */
    private static final Set<String> READS = Set.of("GetItem", "Query", "GetSecretValue", "Decrypt");

    private final String tenant = Gateway.freshTenant();
    private final Gateway admin = Gateway.admin(tenant);
    private final StoredData stored = new StoredData(tenant);

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    /name|Plant 7
                    /name|plant  SEVEN
                    /name|Пресс 七 🏭
                    /description|
                    /description| blanks at both ends\s
                    /description|Werk Su\u0308d
                    /description|Werk S\u00fcd
                    /target/prefix|plant-7/
                    /target/prefix|Plant 7/A b/
                    /target/prefix| plant/
                    /target/prefix|Su\u0308d/
                    /target/prefix|S\u00fcd/
                    /target/kmsKeyArn|arn:aws:kms:eu-west-1:222233334444:key/ABCD-ef01
                    /target/kmsKeyArn|arn:aws:kms:eu-west-1:222233334444:key/mrk-0123456789abcdef
                    /target/expectedBucketOwner|000000000012
                    /target/bucket|a.b-c.9
                    /access/roleArn|arn:aws:iam::222233334444:role/Team/sub.Team/SEA_ext_access_ReCorder+=,.@-
                    /access/externalId|Ab/Cd:=,.@-+_xYz01234567890123""")
    void aTextIsReadAsItWasSent(String member, String sent) {
        Drafts draft = draft().setText(member, sent == null ? "" : sent);

        assertRead(draft, member, JsonNodeFactory.instance.textNode(sent == null ? "" : sent));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    /name|  Plant 7\t|Plant 7
                    /name|\u00a0Plant 7\u3000|Plant 7
                    /name|Werk Su\u0308d|Werk S\u00fcd
                    /target/prefix|plant-7|plant-7/
                    /target/prefix|Plant 7/A|Plant 7/A/""")
    void whatIsNormalisedIsWhatTheDocumentSays(String member, String sent, String read) {
        assertRead(draft().setText(member, sent), member, JsonNodeFactory.instance.textNode(read));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /description|""
                    /sessionMetadata|true
                    /target/prefix|""
                    /target/kmsKeyArn|null
                    /target/expectedBucketOwner|null""")
    void nullAndNothingAreTheDefault(String member, String read) {
        JsonNode expected = switch (read) {
            case "true" -> JsonNodeFactory.instance.booleanNode(true);
            case NOTHING -> NullNode.getInstance();
            default -> JsonNodeFactory.instance.textNode("");
        };

        assertRead(draft().set(member, NOTHING), member, expected);
        assertRead(draft().setText("/name", "Without").without(member), member, expected);
    }

    @Test
    void theMembersOfTheOtherMethodMayBeNull() {
        Drafts draft = draft().set("/access/accessKeyId", NOTHING).set("/access/secretAccessKey", NOTHING);

        assertRead(draft, "/sessionMetadata", JsonNodeFactory.instance.booleanNode(true));
    }

    @Test
    void aFlagIsReadAsItWasSent() {
        assertRead(
                draft().set("/sessionMetadata", "false"),
                "/sessionMetadata",
                JsonNodeFactory.instance.booleanNode(false));
    }

    /** Nothing is corrected behind the client's back: it would read something else than it sent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/target/region|EU-WEST-1",
                "/target/region| eu-west-1",
                "/target/bucket|acme-sea-recordings ",
                "/target/bucket|Acme-sea-recordings",
                "/target/kmsKeyArn|ARN:aws:kms:eu-west-1:222233334444:key/ab",
                "/target/kmsKeyArn|arn:aws:kms:eu-west-1:222233334444:key/ab\n",
                "/target/expectedBucketOwner|2222-3333-4444",
                "/target/prefix|plant-7//",
                "/access/roleArn| arn:aws:iam::222233334444:role/SEA_ext_access_recorder",
                "/access/roleArn|arn:aws:iam::222233334444:role/SEA_ext_access_recorder/",
                "/access/roleArn|arn:aws:iam::222233334444:role/sea_EXT_access_recorder",
                "/access/externalId|sea-0123456789 "
            })
    void whatCannotBeKeptAsItIsIsRefused(String sent) {
        String member = sent.substring(0, sent.indexOf('|'));
        Gateway.Answer answer = admin.post(
                ALL + "?validate=false",
                draft().setText(member, sent.substring(sent.indexOf('|') + 1)).toString());

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asText()))
                .contains(member);
    }

    @Test
    void theSameKeysChangeNothing() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        Drafts draft = Drafts.keysOf(customer, "Plant 7");
        JsonNode made = create(draft, "");
        assertThat(made.at("/validation/status").asText()).isEqualTo("HEALTHY");

        assertNothingChanges(made, draft);

        JsonNode other = patch(made, typed(Drafts.keysOf(customer.withAnotherAccessKey(), "Plant 7")))
                .json();
        assertThat(other.path("version").asInt()).as("other keys are a change").isEqualTo(2);
        assertThat(other.at("/validation/status").asText()).isEqualTo("HEALTHY");
    }

    @Test
    void aSecretThatIsGoneIsStoredAgain() {
        Customer customer = new Customer().withBucket().withUser(Customer.PERMISSIONS);
        Drafts draft = Drafts.keysOf(customer, "Plant 7");
        JsonNode made = create(draft, "");
        String secret = stored.secrets().getFirst();
        Account.SERVICE
                .secretsManager()
                .deleteSecret(request -> request.secretId(secret).forceDeleteWithoutRecovery(true));

        Gateway.Answer again = patch(made, typed(draft));

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().path("version").asInt()).isEqualTo(2);
        assertThat(stored.problems()).isEmpty();
    }

    /** Creates it, reads it, and sends all of it again. */
    private void assertRead(Drafts draft, String member, JsonNode expected) {
        JsonNode made = create(draft, "?validate=false");
        JsonNode read = admin.get(path(made)).json();

        assertThat(made.at(member)).isEqualTo(expected);
        assertThat(read).isEqualTo(made);
        assertNothingChanges(made, draft);
    }

    private void assertNothingChanges(JsonNode made, Drafts draft) {
        List<Map<String, AttributeValue>> before = stored.items("INT#");
        JsonNode read = admin.get(path(made)).json();
        long since = System.currentTimeMillis();

        Gateway.Answer again = patch(made, typed(draft));

        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(LocalAws.calls(since, Map.of()))
                .extracting(LocalAws.Call::operation)
                .isSubsetOf(READS);
        assertThat(again.header("ETag")).isEqualTo("\"" + made.path("version").asText() + "\"");
        assertThat(again.json()).isEqualTo(read);
        assertThat(stored.items("INT#")).isEqualTo(before);
    }

    /** The body of a creation as that of an edit: the type cannot change. */
    private static String typed(Drafts draft) {
        return Drafts.patch(draft.toString()).without("/type").toString();
    }

    private Drafts draft() {
        return Drafts.role().setText("/access/externalId", "sea-" + tenant);
    }

    private JsonNode create(Drafts draft, String query) {
        Gateway.Answer answer = admin.post(ALL + query, draft.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json();
    }

    private Gateway.Answer patch(JsonNode integration, String body) {
        return admin.header("if-match", "\"" + integration.path("version").asText() + "\"")
                .send("PATCH", path(integration), body);
    }

    private static String path(JsonNode integration) {
        return ALL + "/" + integration.path("id").asText();
    }
}
