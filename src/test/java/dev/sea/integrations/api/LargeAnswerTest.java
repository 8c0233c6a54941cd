package dev.sea.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sea.integrations.testing.Gateway;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LargeAnswerTest {
    private static final int COUNT = 12;

    private final Gateway admin = Gateway.admin(Gateway.freshTenant());

    /** In chunks, it would never end for a browser in development. */
    @Test
    void anAnswerOfManyKilobytesGoesOutInOnePiece() {
        for (int number = 0; number < COUNT; number++) {
            String body = """
                    {"type": "S3", "name": "Plant %1$d", "description": "%2$s",
                     "target": {"region": "us-east-1", "bucket": "acme-sea-recordings"},
                     "access": {"method": "ASSUME_ROLE", "externalId": "large-answer-%1$d",
                                "roleArn": "arn:aws:iam::222233334444:role/SEA_ext_access_recorder"}}""".formatted(number, "x".repeat(1000));
            assertThat(admin.post("/v1/integrations?validate=false", body).status())
                    .isEqualTo(201);
        }

        Gateway.Answer answer = admin.get("/v1/integrations");

        assertThat(answer.text()).hasSizeGreaterThan(COUNT * 1000);
        assertThat(answer.headers()).doesNotContainKey("Transfer-Encoding");
    }
}
