package dev.sea.integrations.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** Update expressions and pages, as strings and items. */
class ChangesTest {
    private static final AttributeValue A = AttributeValue.fromS("a");

    @Test
    void eachAttributeHasAPlaceholderOfItsName() {
        Update update = new Changes()
                .set(Map.of("state", A))
                .add("count", -1)
                .remove(List.of("lease", "dueAt"))
                .named("version")
                .with("before", A)
                .update()
                .build();

        assertThat(update.updateExpression()).isEqualTo("SET #state = :state ADD #count :count REMOVE #lease, #dueAt");
        assertThat(update.expressionAttributeNames())
                .isEqualTo(Map.of(
                        "#state",
                        "state",
                        "#count",
                        "count",
                        "#lease",
                        "lease",
                        "#dueAt",
                        "dueAt",
                        "#version",
                        "version"));
        assertThat(update.expressionAttributeValues())
                .isEqualTo(Map.of(":state", A, ":count", TypedItem.number(-1), ":before", A));
    }

    @Test
    void aClauseWithoutAttributesIsLeftOut() {
        assertThat(new Changes().remove(List.of("lease")).update().build().updateExpression())
                .isEqualTo("REMOVE #lease");
    }

    @Test
    void oneItemMoreThanAPageHasShowsThatThereIsAnotherPage() {
        QueryResponse three =
                QueryResponse.builder().items(item(1), item(2), item(3)).build();

        assertThat(QueryPage.of(three, 2)).isEqualTo(new QueryPage(List.of(item(1), item(2)), Optional.of(item(2))));
        assertThat(QueryPage.of(three, 3).last()).isEmpty();
    }

    @Test
    void aQueryThatStoppedEarlyGoesOnFromItsLastKey() {
        QueryResponse stopped =
                QueryResponse.builder().items(item(1)).lastEvaluatedKey(item(7)).build();

        assertThat(QueryPage.of(stopped, 2).last()).contains(item(7));
    }

    private static Map<String, AttributeValue> item(int number) {
        return Map.of("SK", TypedItem.number(number));
    }
}
