package dev.sea.integrations.probe;

import dev.sea.integrations.aws.AccountId;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Credentials that AWS accepted, and whose they are.
 *
 * @param principal the ARN of the role or user, as a policy names it
 */
public record Session(AwsCredentialsProvider credentials, AccountId account, String principal) {

    @Override
    public String toString() {
        return "Session[" + principal + "]";
    }
}
