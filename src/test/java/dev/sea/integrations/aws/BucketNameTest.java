package dev.sea.integrations.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sea.integrations.RuleViolation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people paste instead of a bucket's name: each gets a sentence that says what to enter. */
class BucketNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3://acme-recordings             | BUCKET_NAME_CHARACTERS | without 's3://'",
                "s3://acme-recordings/            | BUCKET_NAME_CHARACTERS | without 's3://'",
                "S3://acme-recordings/plant-7/    | BUCKET_NAME_CHARACTERS | goes into prefix",
                "s3a://acme-recordings            | BUCKET_NAME_CHARACTERS | not a URL",
                "https://acme-recordings.s3.amazonaws.com/plant-7/ | BUCKET_NAME_CHARACTERS | not a URL",
                "acme-recordings/plant-7          | BUCKET_NAME_CHARACTERS | before the first '/'",
                "acme-recordings/plant-7/with/a/long/path/that/is/longer/than/63/characters | BUCKET_NAME_CHARACTERS | goes into prefix",
                "acme-recordings/                 | BUCKET_NAME_CHARACTERS | before the first '/'",
                "arn:aws:s3:::acme-recordings     | BUCKET_NAME_IS_ARN     | follows the last ':'",
                "arn:aws:s3:::acme-recordings/plant-7/* | BUCKET_NAME_IS_ARN | goes into prefix",
                "arn:aws-cn:s3:::acme-recordings  | BUCKET_NAME_IS_ARN     | follows the last ':'",
                "arn:aws:s3:eu-west-1:222233334444:accesspoint/plant-7 | BUCKET_NAME_IS_ARN | access point",
                "arn:aws:s3:eu-west-1:222233334444:accesspoint:plant-7 | BUCKET_NAME_IS_ARN | access point",
                "arn:aws:s3::222233334444:accesspoint/m.mrap | BUCKET_NAME_IS_ARN | access point",
                "arn:aws:s3-object-lambda:eu-west-1:222233334444:accesspoint/plant-7 | BUCKET_NAME_IS_ARN | access point",
                "arn:aws:kms:eu-west-1:222233334444:key/x | BUCKET_NAME_IS_ARN | not the ARN of something else",
                "Plant_7.Recordings               | BUCKET_NAME_CHARACTERS | us-east-1",
                "acme_recordings                  | BUCKET_NAME_CHARACTERS | us-east-1",
                "Acme-Recordings                  | BUCKET_NAME_CHARACTERS | us-east-1",
                "acme recordings                  | BUCKET_NAME_CHARACTERS | only lower-case letters",
                "acme.recordings-which-is-a-name-of-more-than-63-characters-as-old-ones-are | BUCKET_NAME_LENGTH | us-east-1"
            })
    void itSaysWhatToEnter(String given, String code, String sentence) {
        assertThatThrownBy(() -> new BucketName(given)).isInstanceOfSatisfying(RuleViolation.class, violation -> {
            assertThat(violation.code()).isEqualTo(code);
            assertThat(violation.getMessage()).contains(sentence);
        });
    }
}
