package dev.sea.integrations.simulation.dynamo;

import dev.sea.integrations.simulation.aws.Differential;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The model of DynamoDB answers as the local AWS does. */
class DynamoModelTest {

    @AfterAll
    static void removeTable() {
        DynamoTrial.deleteTable();
    }

    @Test
    void answersRandomCallsAsTheLocalAwsDoes() {
        new Differential<>(random -> new RandomCalls(random, DynamoTrial.TABLE).sequence(25), DynamoTrial::difference)
                .check(Long.getLong("models.seed", 1), Integer.getInteger("models.seeds", 12));
    }
}
