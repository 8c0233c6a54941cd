package dev.sea.integrations.call;

import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * A session of a customer's role. Never logged.
 *
 * @param expiresAt when AWS stops to accept it, as STS says
 */
public record AssumedSession(AwsSessionCredentials credentials, Instant expiresAt) {

    @Override
    public String toString() {
        return "AssumedSession[until " + expiresAt + "]";
    }
}
