package dev.sea.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Makes the checks once for each line it reads, and answers with how many milliseconds they took: a line is a bucket, then
 * either a role's ARN and an external ID or an access key ID and a secret access key, between tabs.
 */
final class Peer {
    private Peer() {}

    public static void main(String[] arguments) throws IOException {
        URI endpoint = URI.create(arguments[0]);
        SdkHttpClient http = UrlConnectionHttpClient.create();
        StsClient sts = StsClient.builder()
                .httpClient(http)
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
                .build();
        StsAssumeRoleCredentialsProvider gateway = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(r -> r.roleArn(arguments[1]).roleSessionName("peer"))
                .build();
        Checks checks = new Checks(http, endpoint, gateway);
        BufferedReader wanted = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = wanted.readLine(); line != null; line = wanted.readLine()) {
            Checks.Subject subject = subject(line.split("\t", -1));
            long start = System.nanoTime();
            checks.check(subject, false);
            System.out.println((System.nanoTime() - start) / 1_000_000.0);
        }
    }

    private static Checks.Subject subject(String[] fields) {
        boolean isRole = fields[1].startsWith("arn:");
        return new Checks.Subject(
                fields[0], isRole ? Optional.of(fields[1]) : Optional.empty(), fields[2], fields[1], fields[2]);
    }
}
